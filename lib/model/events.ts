/** The events published for image changes. docs/events.json is generated from these schemas. */
import * as z from 'zod';
import { ImageId, PrincipalId, Region } from './ids.ts';
import { EditedDetail, type RecordAction, RecordedState, StopReason } from './record.ts';

/** The source of all events. */
export const eventSource = 'image-share';

/** The event type for each recorded action. */
export const eventTypes = {
  ImportImage: 'ImageImported',
  CopyImage: 'ImageCopied',
  SaveSharedImage: 'ImageSaved',
  CreateImageFromInstance: 'ImageCreated',
  PutPublicImage: 'PublicImagePut',
  UpdateImage: 'ImageUpdated',
  ReportImageState: 'ImageStateReported',
  PlanImageShares: 'ImageSharesPlanned',
  DropPlannedShares: 'PlannedSharesDropped',
  ShareImage: 'ImageShared',
  CancelImageShares: 'ImageShareCancelled',
  SetImageShares: 'ImageSharesSet',
  ChangeImageShares: 'ImageSharesChanged',
  ExpireImageShares: 'ImageShareExpired',
  DeleteImage: 'ImageDeleted',
  DeletePublicImage: 'ImageDeleted',
} as const satisfies Record<RecordAction, string>;
export type EventType = (typeof eventTypes)[RecordAction];

const Principals = z.array(PrincipalId);
const Source = z
  .object({ region: Region, imageId: ImageId })
  .meta({ description: 'The image that this image was created from, and its region.' });
const recipients = (description: string) => Principals.min(1).meta({ description });

const Change = z.object({
  id: z.string().meta({ description: 'ID of the change. Use it to detect duplicate events.' }),
  sequence: z.int().min(1).meta({ description: "Position in the image's history: 1, 2, 3, and so on, without gaps." }),
  at: z.string().meta({ format: 'date-time', description: 'Time of the change. ISO 8601, UTC.' }),
  region: Region,
  imageId: ImageId,
  owner: PrincipalId,
  actor: z.string().meta({ description: 'Who made the change; "service" for automatic changes.' }),
  requestId: z.string().meta({ description: 'ID of the request that made the change, from its "x-request-id" response header.' }),
});

const Expiration = z.string().meta({ format: 'date-time' }).nullable();

/** What happened to the expirations of shares. */
const expirations = {
  rescheduled: Principals.optional().meta({ description: 'The recipients whose share has a new expiration.' }),
  expiresAt: Expiration.optional().meta({
    description:
      'New expiration of the shares that were added or rescheduled. Never if null. Absent if there are none, or if an earlier version recorded the change.',
  }),
  previousExpirations: z.record(PrincipalId, Expiration).optional().meta({
    description:
      'Previous expirations of the rescheduled shares, by recipient. Null: the share had none. Absent if an earlier version recorded the change.',
  }),
};

const edited = {
  changes: z.array(EditedDetail).optional().meta({ description: 'The details that changed. Absent if none did.' }),
  state: RecordedState.extract(['available', 'deprecated']).optional().meta({
    description: 'The new state, if the edit deprecated the image or ended its deprecation.',
  }),
};

const recipientChanges = {
  recipients: recipients('All recipients that were added or removed, or whose share has a new expiration.'),
  added: Principals.meta({ description: 'The recipients that were added.' }),
  removed: Principals.meta({ description: 'The recipients that were removed.' }),
  ...expirations,
};

/** The detail of each event type. Fields can be added over time; consumers must ignore fields that they don't know. */
export const eventDetails = {
  ImageImported: Change,
  ImageCopied: Change.extend({ source: Source }),
  ImageSaved: Change.extend({ source: Source }),
  ImageCreated: Change.extend({ source: Source }),
  PublicImagePut: Change.extend(edited),
  ImageUpdated: Change.extend(edited),
  ImageStateReported: Change.extend({
    state: RecordedState.extract(['available', 'failed']).meta({ description: 'The state that the compute platform reported.' }),
    recipients: recipients('The recipients that were removed because the image failed. Absent if there were none.').optional(),
  }),
  ImageSharesPlanned: Change.extend({
    recipients: recipients('The recipients that the copy will be shared with as soon as its state allows it.'),
  }),
  PlannedSharesDropped: Change.extend({
    recipients: recipients(
      'The planned recipients that the copy will not be shared with: the owner stopped sharing, a rule refused, or the copy failed.',
    ),
  }),
  ImageShared: Change.extend({
    recipients: recipients('The recipients that were added, or whose share has a new expiration.'),
    ...expirations,
  }),
  ImageShareCancelled: Change.extend({
    recipients: recipients('The recipients that were removed.'),
    reason: StopReason.optional().meta({
      description:
        '`left` if the recipient left, `closed` if its account or project was closed. Absent if the owner stopped sharing, or if an earlier version recorded the change.',
    }),
  }),
  ImageSharesSet: Change.extend(recipientChanges),
  ImageSharesChanged: Change.extend(recipientChanges),
  ImageShareExpired: Change.extend({ recipients: recipients('The recipients whose share expired.') }),
  ImageDeleted: Change.extend({
    recipients: recipients('The recipients at the time of deletion. Absent if there were none.').optional(),
  }),
} as const satisfies Record<EventType, z.ZodType>;

type Detail = z.infer<typeof Change> &
  Partial<z.infer<(typeof eventDetails)['ImageSharesSet' | 'ImageCopied' | 'ImageShareCancelled']>> & {
    changes?: EditedDetail[];
    state?: RecordedState;
  };

/** The event for one change record. */
export interface ImageEvent {
  readonly type: EventType;
  readonly detail: Readonly<Detail>;
}
