/** Copy jobs in responses. */
import * as z from 'zod';
import { errorCodes } from '../error.ts';
import { CopyJobId, ImageId, PrincipalId, Region } from '../ids.ts';
import { ImageState } from '../image.ts';
import { ruleSlugs } from '../rule-slug.ts';
import { Instant } from './common.ts';

const CopyView = z.strictObject({
  region: Region,
  imageId: ImageId,
  state: z.enum([...ImageState.options, 'deleted']).meta({ description: 'State of the copy.' }),
  stateReason: z.string().optional().meta({ description: 'Reason for the state, from the compute platform.' }),
  sharing: z.enum(['planned', 'shared', 'partly', 'failed', 'ended']).meta({
    description:
      'Whether the copy is shared: `planned` until its state allows it, then `shared` with all recipients or `partly`. `failed`: with none of them. `ended`: it was shared, but no longer is.',
  }),
});

const CopyRecipientView = z.strictObject({
  recipient: PrincipalId,
  state: z.enum(['planned', 'shared', 'failed', 'ended']).meta({
    description:
      '`failed`: a rule refused, or the copy failed. `ended`: sharing was stopped before or after it started, or the share expired.',
  }),
  code: z.enum(errorCodes).optional().meta({ description: 'Error code of the refusal.' }),
  rule: z.enum(ruleSlugs).optional().meta({ description: 'The rule that refused.' }),
  reason: z.string().optional().meta({ description: 'Why it failed.' }),
});

/** A copy job in a list. */
export const CopyJobSummary = z
  .strictObject({
    jobId: CopyJobId,
    region: Region,
    imageId: ImageId.meta({ description: 'The image that is copied.' }),
    state: z.enum(['running', 'succeeded', 'partly', 'failed', 'ended']).meta({
      description:
        '`running` while copies are being made or shares are planned. Then `succeeded` if every copy is shared with all recipients, `failed` if none is because copies failed or rules refused, `ended` if none is any longer, and otherwise `partly`.',
    }),
    createdAt: Instant,
    startedBy: z.string(),
    recipientCount: z.int(),
    expiresAt: Instant.optional().meta({ description: 'When the shares expire. Absent if never.' }),
    copies: z.array(CopyView),
  })
  .meta({ id: 'CopyJobSummary' });
export type CopyJobSummary = z.infer<typeof CopyJobSummary>;

/** A copy job with what became of each recipient. */
export const CopyJobView = CopyJobSummary.extend({
  copies: z.array(CopyView.extend({ recipients: z.array(CopyRecipientView) })),
}).meta({ id: 'CopyJob' });
export type CopyJobView = z.infer<typeof CopyJobView>;
