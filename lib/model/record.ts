import * as z from 'zod';
import type { CopyJobId, ImageId, ImageKey, PrincipalId, Region } from './ids.ts';
import type { Recipients } from './image.ts';
import type { PrincipalKind } from './principal.ts';

/** The recorded actions. Each has an event type in events.ts. */
export const recordActions = [
  'ImportImage',
  'CopyImage',
  'SaveSharedImage',
  'CreateImageFromInstance',
  'PutPublicImage',
  'UpdateImage',
  'ReportImageState',
  'PlanImageShares',
  'DropPlannedShares',
  'ShareImage',
  'CancelImageShares',
  'SetImageShares',
  'ChangeImageShares',
  'ExpireImageShares',
  'DeleteImage',
  'DeletePublicImage',
] as const;
export type RecordAction = (typeof recordActions)[number];

/** The details of an image that an edit can change. */
export const EditedDetail = z.enum(['name', 'description', 'tags', 'products']);
export type EditedDetail = z.infer<typeof EditedDetail>;

/** The states that a record can be about: those that the compute platform reports, and deprecation. */
export const RecordedState = z.enum(['available', 'failed', 'deprecated']);
export type RecordedState = z.infer<typeof RecordedState>;

/** Why sharing stopped, unless the owner stopped it: the recipient left, or its account or project was closed. */
export const StopReason = z.enum(['left', 'closed']);
export type StopReason = z.infer<typeof StopReason>;

/** One change of an image: who made it, when, from where, and in which request. Rule `audit.record`. */
export interface ChangeRecord {
  /** Sorts by time. */
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  /** Network address of the caller. Absent if the service made the change. */
  readonly from?: string;
  readonly action: RecordAction;
  readonly region: Region;
  readonly imageId: ImageId;
  /** The recipients that were added, rescheduled, or removed; or planned, or no longer planned. */
  readonly recipients?: readonly PrincipalId[];
  /** The added ones among `recipients`, for actions that can both add and remove. */
  readonly added?: readonly PrincipalId[];
  /** The recipients whose share got a new expiration. */
  readonly rescheduled?: readonly PrincipalId[];
  /** The new expiration of the added and rescheduled shares, in epoch seconds, 0 for never. */
  readonly endsAt?: number;
  /** The previous expirations of the rescheduled shares. */
  readonly previousEnds?: Recipients;
  readonly reason?: StopReason;
  /** The details that an edit changed. */
  readonly changes?: readonly EditedDetail[];
  /** The new state of the image. `available` after an edit means that it is no longer deprecated. */
  readonly state?: RecordedState;
  /** The image that this image was created from. */
  readonly source?: ImageKey;
  readonly requestId: string;
  /** The principal in whose activity the record is listed. */
  readonly principal: PrincipalId;
  readonly principalKind: PrincipalKind;
}

/** When, by whom, from where, and in which request a change is made, and the ID of its record. Each attempt has its own. */
export interface Stamp {
  readonly at: Date;
  readonly actor: string;
  readonly from?: string;
  readonly requestId: string;
  readonly recordId: string;
}

/** A clean-up task. `dueAt` is the earliest time to run it, in epoch seconds. */
export type CleanUpTask = { readonly dueAt: number; readonly ref: string } & (
  | {
      /** The shares of these recipients may have expired, or their items may be orphaned. */
      readonly kind: 'shares';
      readonly region: Region;
      readonly imageId: ImageId;
      readonly recipients: readonly PrincipalId[];
    }
  | {
      /** The image was deleted while it was shared. */
      readonly kind: 'image';
      readonly region: Region;
      readonly imageId: ImageId;
    }
  | {
      /** The call that started the job may have ended before it shared all copies. */
      readonly kind: 'copy-job';
      readonly region: Region;
      readonly jobId: CopyJobId;
    }
  | {
      /** The principal was closed and must be removed from the images shared with it. */
      readonly kind: 'principal';
      readonly principal: PrincipalId;
      readonly principalKind: PrincipalKind;
    }
);
