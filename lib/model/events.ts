/** What is told of every change of an image: docs/events.json is made of these schemas. */
import * as z from 'zod';
import { ImageId, PrincipalId, Region } from './ids.ts';
import type { RecordAction } from './record.ts';

/** What all events name as their source. */
export const eventSource = 'image-share';

/** Under which name the change of each action is told. */
export const eventTypes = {
  ImportImage: 'ImageImported',
  CopyImage: 'ImageCopied',
  SaveSharedImage: 'ImageSaved',
  CreateImageFromInstance: 'ImageCreated',
  PutPublicImage: 'PublicImagePut',
  UpdateImage: 'ImageUpdated',
  ReportImageState: 'ImageStateReported',
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
  .meta({ description: 'The image that this one was made from, and the region where that one is.' });
const recipients = (whose: string) => Principals.min(1).meta({ description: whose });

const Change = z.object({
  id: z.string().meta({ description: 'Id of the change, by which an event that comes again is known.' }),
  sequence: z.int().min(1).meta({ description: "Its number in the image's history: 1, 2, 3 and so on, without gaps." }),
  at: z.string().meta({ format: 'date-time', description: 'When the change was made. ISO 8601, UTC.' }),
  region: Region,
  imageId: ImageId,
  owner: PrincipalId,
  actor: z.string().meta({ description: 'Who made the change; "service" for what the service did by itself.' }),
  requestId: z.string().meta({ description: 'Of the call that made the change: the "x-request-id" of its answer.' }),
});

const rescheduled = Principals.optional().meta({ description: 'Those of them whose share has another expiration now.' });

const whoseSharesChanged = {
  recipients: recipients('All whose share was added, removed, or given another expiration.'),
  added: Principals.meta({ description: 'Those of them who were added.' }),
  removed: Principals.meta({ description: 'Those of them who were removed.' }),
  rescheduled,
};

/** What each event says, by its type. Fields may be added; whoever reads an event ignores those it does not know. */
export const eventDetails = {
  ImageImported: Change,
  ImageCopied: Change.extend({ source: Source }),
  ImageSaved: Change.extend({ source: Source }),
  ImageCreated: Change.extend({ source: Source }),
  PublicImagePut: Change,
  ImageUpdated: Change,
  ImageStateReported: Change.extend({
    state: z.enum(['available', 'failed']).meta({ description: 'What the compute platform reported the image to be.' }),
    recipients: recipients('Whose shares were removed because the image failed; absent if it was not shared.').optional(),
  }),
  ImageShared: Change.extend({
    recipients: recipients('Who was added, or whose share has another expiration now.'),
    rescheduled,
  }),
  ImageShareCancelled: Change.extend({ recipients: recipients('Whose share ended.') }),
  ImageSharesSet: Change.extend(whoseSharesChanged),
  ImageSharesChanged: Change.extend(whoseSharesChanged),
  ImageShareExpired: Change.extend({ recipients: recipients('Whose share had reached its end time.') }),
  ImageDeleted: Change.extend({ recipients: recipients('Who held the image until then; absent when nobody did.').optional() }),
} as const satisfies Record<EventType, z.ZodType>;

type Detail = z.infer<typeof Change> &
  Partial<z.infer<(typeof eventDetails)['ImageSharesSet' | 'ImageCopied' | 'ImageStateReported']>>;

/** The event of one record. */
export interface ImageEvent {
  readonly type: EventType;
  readonly detail: Readonly<Detail>;
}
