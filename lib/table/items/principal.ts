import { whileOpen } from '../while-open.ts';
import type { Writes } from '../write.ts';
import { accountKey } from './account.ts';
import { projectKey } from './project.ts';

/** Conditions on accounts and projects. */
export const principalWrites: Writes<'require-open'> = {
  'require-open': ({ kind, principal }) => ({
    ConditionCheck: { Key: kind === 'account' ? accountKey(principal) : projectKey(principal), ...whileOpen() },
  }),
};
