/** Shares and recipients in responses. */
import * as z from 'zod';
import { CopyJobId, ImageId, PrincipalId, Region } from '../ids.ts';
import { Instant } from './common.ts';

export const ShareView = z
  .strictObject({
    recipient: PrincipalId,
    sharedAt: Instant,
    sharedBy: z.string(),
    expiresAt: Instant.optional(),
    lastUsedAt: Instant.optional().meta({
      description:
        'When the recipient last launched, reinstalled, or reinitialized an instance from it. Updated at most once a minute.',
    }),
  })
  .meta({ id: 'Share' });
export type ShareView = z.infer<typeof ShareView>;

export const OwnedShareView = z
  .strictObject({ region: Region, imageId: ImageId, imageName: z.string(), ...ShareView.shape })
  .meta({ id: 'OwnedShare' });
export type OwnedShareView = z.infer<typeof OwnedShareView>;

export const RecipientView = z
  .strictObject({
    recipient: PrincipalId,
    shareCount: z.int().meta({ description: 'Number of your images that are shared with it.' }),
    regions: z.array(Region).meta({ description: 'The regions of these images.' }),
    nextExpiresAt: Instant.optional().meta({ description: 'When the next of these shares expires. Absent if none does.' }),
  })
  .meta({ id: 'Recipient' });
export type RecipientView = z.infer<typeof RecipientView>;

const PlannedSharesView = z
  .strictObject({ recipients: z.array(PrincipalId), copyJob: z.strictObject({ region: Region, jobId: CopyJobId }) })
  .meta({
    id: 'PlannedShares',
    description:
      'Recipients that a copy job will share the image with as soon as its state allows it. They have no access yet, but count toward the limit.',
  });

export const SharesView = z
  .strictObject({
    imageId: ImageId,
    region: Region,
    cap: z.int().meta({ description: 'Maximum number of recipients of the image.' }),
    used: z.int().meta({
      description: 'Recipients after this call. Concurrent changes might not be included.',
    }),
    remaining: z.int(),
    shares: z.array(ShareView),
    plannedShares: PlannedSharesView.optional(),
    notice: z.string().optional(),
  })
  .meta({ id: 'Shares' });
export type SharesView = z.infer<typeof SharesView>;

/** The expirations of rescheduled shares before a change. */
export const PreviousExpirations = z.record(PrincipalId, Instant.nullable()).optional().meta({
  description:
    'Previous expirations of the rescheduled shares, by recipient. Null: the share had none. Absent if none was rescheduled.',
});

/** The effects of a change of recipients, in addition to the resulting shares. */
export const Added = z.array(PrincipalId).meta({ description: 'Recipients that the image was not shared with before.' });
export const Rescheduled = z.array(PrincipalId).meta({ description: 'Recipients whose share now expires at another time.' });
export const Removed = z.array(PrincipalId).meta({ description: 'Recipients that the image is no longer shared with.' });
