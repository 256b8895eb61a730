/** Access keys in responses. */
import * as z from 'zod';
import { AccessKeyState } from '../access-key.ts';
import { AccessKeyId, PrincipalId } from '../ids.ts';
import { Instant } from './common.ts';

export const AccessKeyView = z
  .strictObject({
    keyId: AccessKeyId,
    account: PrincipalId,
    state: AccessKeyState,
    createdAt: Instant,
    lastUsedAt: Instant.optional().meta({
      description: 'When the key last signed a request. Updated at most once an hour. Absent if it has never been used.',
    }),
  })
  .meta({ id: 'AccessKey' });
export type AccessKeyView = z.infer<typeof AccessKeyView>;

export const NewAccessKeyView = AccessKeyView.extend({
  secret: z.string().optional().meta({
    description: 'Returned only once. A repeated call with the same Idempotency-Key does not return it.',
  }),
}).meta({ id: 'NewAccessKey' });
