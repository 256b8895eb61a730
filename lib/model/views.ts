/** The shapes in which the API answers. */
import * as z from 'zod';
import { AccessKeyState } from './access-key.ts';
import { AccessKeyId, ImageId, InstanceId, PrincipalId, Region } from './ids.ts';
import { Architecture, Encryption, ImageState, Product } from './image.ts';

const Instant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC.' });

export const ImageView = z
  .strictObject({
    imageId: ImageId,
    region: Region,
    name: z.string(),
    description: z.string(),
    state: ImageState,
    stateReason: z.string().optional().meta({ description: 'What the compute platform said of the state.' }),
    owner: PrincipalId,
    visibility: z.enum(['owned', 'shared', 'public']).meta({ description: 'How the caller comes to see it.' }),
    sizeGiB: z.int().meta({ description: 'All disks that the caller gets, together.' }),
    disksGiB: z.array(z.int()).meta({ description: 'The system disk, then the data disks.' }),
    os: z.string(),
    architecture: Architecture,
    product: Product,
    products: z.array(Product),
    encryption: Encryption,
    tags: z.record(z.string(), z.string()),
    revision: z.int().meta({
      description: 'Grows with every change of name, description, tags, products or state; as "ETag" in the header of answers.',
    }),
    createdAt: Instant,
    shareCount: z.int().optional().meta({ description: 'To the owner only.' }),
  })
  .meta({ id: 'Image' });
export type ImageView = z.infer<typeof ImageView>;

export const InstanceView = z
  .strictObject({
    instanceId: InstanceId,
    region: Region,
    imageId: ImageId.meta({ description: 'The image that its system disk was last made from.' }),
    principal: PrincipalId,
    state: z.literal('running').meta({ description: 'A terminated instance is not there any more.' }),
    product: Product,
    os: z.string(),
    architecture: Architecture,
    disksGiB: z.array(z.int()).meta({ description: 'The system disk, then the data disks.' }),
    createdAt: Instant,
  })
  .meta({ id: 'Instance' });
export type InstanceView = z.infer<typeof InstanceView>;

export const ShareView = z
  .strictObject({
    recipient: PrincipalId,
    sharedAt: Instant,
    sharedBy: z.string(),
    expiresAt: Instant.optional(),
    lastUsedAt: Instant.optional().meta({
      description: 'When the recipient last made an instance from it; noted at most once a minute.',
    }),
  })
  .meta({ id: 'Share' });
export type ShareView = z.infer<typeof ShareView>;

export const SharesView = z
  .strictObject({
    imageId: ImageId,
    region: Region,
    cap: z.int().meta({ description: 'Recipients that may hold the image at one time.' }),
    used: z.int().meta({
      description: 'As the call found it, with what it changed; what others share in the same moment may not be in it.',
    }),
    remaining: z.int(),
    shares: z.array(ShareView),
    notice: z.string().optional(),
  })
  .meta({ id: 'Shares' });
export type SharesView = z.infer<typeof SharesView>;

export const UsageView = z
  .strictObject({
    from: Instant,
    to: Instant.meta({ description: 'Not in the period. Now, where the call names a later time.' }),
    principal: PrincipalId,
    regions: z.array(
      z.strictObject({
        region: Region,
        gibHours: z.number(),
        days: z
          .array(z.strictObject({ day: z.iso.date(), gibHours: z.number() }))
          .meta({ description: 'Days (UTC) on which there was an image, in order.' }),
      }),
    ),
  })
  .meta({ id: 'Usage' });

export const RecordView = z
  .strictObject({
    id: z.string(),
    at: Instant,
    actor: z.string(),
    from: z.string().optional().meta({ description: "The caller's network address; to the owner only." }),
    action: z.string(),
    region: Region,
    imageId: ImageId,
    recipients: z.array(PrincipalId).optional(),
    added: z.array(PrincipalId).optional().meta({
      description: 'Where the exact list was set: who of the recipients got the image; the others lost it.',
    }),
    state: z.enum(['available', 'failed']).optional().meta({ description: 'What the compute platform reported.' }),
    source: z
      .strictObject({ region: Region, imageId: ImageId })
      .optional()
      .meta({ description: 'The image that this one was made from.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof RecordView>;

export const AccountView = z
  .strictObject({
    accountId: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']).optional().meta({ description: 'To operators only.' }),
    defaultProject: PrincipalId.optional().meta({ description: 'The project an account acts as where it names none.' }),
    projects: z.array(z.strictObject({ projectId: PrincipalId, name: z.string(), createdAt: Instant })),
    quotas: z.array(z.strictObject({ region: Region, principal: PrincipalId, used: z.int(), limit: z.int() })),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

export const ProjectView = z
  .strictObject({
    projectId: PrincipalId,
    account: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']),
  })
  .meta({ id: 'Project' });

export const AccessKeyView = z
  .strictObject({ keyId: AccessKeyId, account: PrincipalId, state: AccessKeyState, createdAt: Instant })
  .meta({ id: 'AccessKey' });
export type AccessKeyView = z.infer<typeof AccessKeyView>;

export const NewAccessKeyView = AccessKeyView.extend({
  secret: z.string().optional().meta({
    description: 'Shown this once. Absent from the answer to a repeat with the same Idempotency-Key: it is not kept.',
  }),
}).meta({ id: 'NewAccessKey' });

export const NextCursor = z
  .string()
  .optional()
  .meta({ description: 'Where the next page starts. Absent on the last page, and only there.' });
