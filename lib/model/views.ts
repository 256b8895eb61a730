/** The response schemas of the API. */
import * as z from 'zod';
import { AccessKeyState } from './access-key.ts';
import { errorCodes } from './error.ts';
import { AccessKeyId, CopyJobId, ImageId, InstanceId, PrincipalId, Region } from './ids.ts';
import { Architecture, Encryption, ImageOrigin, ImageState, Product } from './image.ts';
import { ImageStatus } from './instance.ts';
import { blockedOwnersMax } from './limits.ts';
import { AcceptedOwners } from './principal.ts';
import { EditedDetail, RecordedState, StopReason } from './record.ts';
import { ruleSlugs } from './rule-slug.ts';

const Instant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC.' });

export const ImageView = z
  .strictObject({
    imageId: ImageId,
    region: Region,
    name: z.string(),
    description: z.string(),
    state: ImageState,
    stateReason: z.string().optional().meta({ description: 'Reason for the state, from the compute platform.' }),
    owner: PrincipalId,
    visibility: z.enum(['owned', 'shared', 'public']).meta({ description: 'Why the caller can see it.' }),
    sizeGiB: z.int().meta({ description: 'Total size of the disks that the caller can use.' }),
    disksGiB: z.array(z.int()).meta({ description: 'The system disk, then the data disks.' }),
    os: z.string(),
    architecture: Architecture,
    product: Product,
    products: z.array(Product),
    encryption: Encryption,
    tags: z.record(z.string(), z.string()),
    origin: ImageOrigin.optional().meta({
      description: 'How the image was created. Absent for public images, and for images of earlier versions.',
    }),
    revision: z.int().meta({
      description:
        'Increases with each change of name, description, tags, products, or state. Also the ETag header of responses.',
    }),
    createdAt: Instant,
    shareCount: z.int().optional().meta({ description: 'For the owner only.' }),
    sharedAt: Instant.optional().meta({ description: 'When it was shared with the caller. For shared images only.' }),
    expiresAt: Instant.optional().meta({
      description: "When the caller's share expires. For shared images only; absent if it never expires.",
    }),
  })
  .meta({ id: 'Image' });
export type ImageView = z.infer<typeof ImageView>;

export const InstanceView = z
  .strictObject({
    instanceId: InstanceId,
    region: Region,
    imageId: ImageId.meta({ description: 'The image that the system disk was last created from.' }),
    imageStatus: ImageStatus.meta({
      description:
        'Whether the instance can be reinitialized from its image: only if it is `available` or `deprecated`. Otherwise its state, `incompatible` (it no longer supports the product of the instance), `not-shared` (no longer shared with you), or `deleted`.',
    }),
    imageName: z.string().optional().meta({ description: 'The name of the image, if you can see it.' }),
    principal: PrincipalId,
    state: z.literal('running').meta({ description: "Terminated instances aren't returned." }),
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

/** An image in a response that is about several regions. */
export const ImageRef = z.strictObject({ region: Region, imageId: ImageId });

/** An image that couldn't be changed, and why. */
export const FailedChange = ImageRef.extend({ code: z.enum(errorCodes), detail: z.string() });

/** What a dry run adds to the response of an action that previews its changes. */
export const dryRunFields = {
  dryRun: z.literal(true).optional().meta({ description: 'Only in a dry run: nothing was changed.' }),
  allowed: z.literal(true).optional().meta({ description: 'Only in a dry run.' }),
};

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

export const UsageView = z
  .strictObject({
    from: Instant,
    to: Instant.meta({ description: 'End of the period, exclusive. The current time if a later time was requested.' }),
    principal: PrincipalId,
    regions: z.array(
      z.strictObject({
        region: Region,
        gibHours: z.number(),
        days: z
          .array(z.strictObject({ day: z.iso.date(), gibHours: z.number() }))
          .meta({ description: 'Days (UTC) with at least one image, in order.' }),
      }),
    ),
  })
  .meta({ id: 'Usage' });

/** The expirations of rescheduled shares before a change. */
export const PreviousExpirations = z.record(PrincipalId, Instant.nullable()).optional().meta({
  description:
    'Previous expirations of the rescheduled shares, by recipient. Null: the share had none. Absent if none was rescheduled.',
});

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

export const AccountView = z
  .strictObject({
    accountId: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']).optional().meta({ description: 'For operators only.' }),
    defaultProject: PrincipalId.optional().meta({ description: 'The default project of the account.' }),
    projects: z.array(z.strictObject({ projectId: PrincipalId, name: z.string(), createdAt: Instant })),
    quotas: z.array(z.strictObject({ region: Region, principal: PrincipalId, used: z.int(), limit: z.int() })),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

/** Who can share images with an account or a project. */
export const ShareAcceptance = z
  .strictObject({
    from: AcceptedOwners.meta({ description: '`trusted`: only the owners in the list of trusted owners can share images.' }),
    blockedOwners: z
      .array(PrincipalId)
      .max(blockedOwnersMax)
      .meta({ description: "Owners that can't share images, even if they are trusted." }),
  })
  .meta({ id: 'ShareAcceptance' });
export type ShareAcceptance = z.infer<typeof ShareAcceptance>;

export const UnknownOwners = z.array(PrincipalId).meta({
  description: "Owners in the list that aren't open accounts or projects. The list is saved anyway.",
});

export const ProjectView = z
  .strictObject({
    projectId: PrincipalId,
    account: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']),
  })
  .meta({ id: 'Project' });

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

export const AddressBookEntryView = z
  .strictObject({ principalId: PrincipalId, name: z.string(), note: z.string().optional() })
  .meta({ id: 'AddressBookEntry' });
export type AddressBookEntryView = z.infer<typeof AddressBookEntryView>;

/** The effects of a change of recipients, in addition to the resulting shares. */
export const Added = z.array(PrincipalId).meta({ description: 'Recipients that the image was not shared with before.' });
export const Rescheduled = z.array(PrincipalId).meta({ description: 'Recipients whose share now expires at another time.' });
export const Removed = z.array(PrincipalId).meta({ description: 'Recipients that the image is no longer shared with.' });

export const NextCursor = z.string().optional().meta({ description: 'Cursor of the next page. Absent only on the last page.' });
