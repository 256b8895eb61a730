/** Records in responses. */
import * as z from 'zod';
import { ImageId, PrincipalId, Region } from '../ids.ts';
import { EditedDetail, RecordedState, StopReason } from '../record.ts';
import { Instant } from './common.ts';
import { PreviousExpirations } from './share.ts';

export const RecordView = z
  .strictObject({
    id: z.string(),
    at: Instant,
    actor: z.string(),
    from: z.string().optional().meta({ description: "The caller's network address. For the owner only." }),
    action: z.string(),
    region: Region,
    imageId: ImageId,
    recipients: z.array(PrincipalId).optional(),
    added: z.array(PrincipalId).optional().meta({
      description: 'If the call could also remove recipients: those that were added.',
    }),
    rescheduled: z.array(PrincipalId).optional().meta({ description: 'Recipients whose share got another expiration.' }),
    expiresAt: Instant.nullable().optional().meta({
      description: 'New expiration of the shares that were added or rescheduled. Never if null.',
    }),
    previousExpirations: PreviousExpirations,
    reason: StopReason.optional().meta({
      description:
        'Why sharing stopped: `left` if the recipient left, `closed` if its account or project was closed. Absent if the owner stopped it.',
    }),
    changes: z.array(EditedDetail).optional().meta({ description: 'The details that an edit changed.' }),
    state: RecordedState.optional().meta({
      description:
        'The new state of the image, if the compute platform reported it, or if an edit deprecated the image (`deprecated`) or ended its deprecation (`available`).',
    }),
    source: z
      .strictObject({ region: Region, imageId: ImageId })
      .optional()
      .meta({ description: 'The image that this image was created from.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof RecordView>;
