import type { PrincipalId } from '../../model/ids.ts';
import type { PrincipalKind } from '../../model/principal.ts';
import type { Key } from '../schema.ts';
import { whileOpen } from '../while-open.ts';
import type { Writes } from '../write.ts';
import { accountKey } from './account.ts';
import { projectKey } from './project.ts';

/** Conditions and writes that accounts and projects have in common. */
export const principalWrites: Writes<'require-open' | 'set-acceptance'> = {
  'require-open': (step) => ({ ConditionCheck: { Key: keyOfPrincipal(step), ...whileOpen() } }),

  'set-acceptance': ({ acceptance, ...step }) => {
    const fields = Object.entries(acceptance);
    return {
      Update: {
        Key: keyOfPrincipal(step),
        UpdateExpression: `SET ${fields.map(([field]) => `${field} = :${field}`).join(', ')}`,
        ...whileOpen(Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value]))),
      },
    };
  },
};

const keyOfPrincipal = ({ kind, principal }: { readonly kind: PrincipalKind; readonly principal: PrincipalId }): Key =>
  kind === 'account' ? accountKey(principal) : projectKey(principal);
