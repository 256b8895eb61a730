import type { ImageId, ImageKey, PrincipalId, Region } from './ids.ts';
import type { PrincipalKind } from './principal.ts';

/** The changes of an image that leave a record. Each has its event: see events.ts. */
export type RecordAction =
  | 'ImportImage'
  | 'CopyImage'
  | 'SaveSharedImage'
  | 'CreateImageFromInstance'
  | 'PutPublicImage'
  | 'UpdateImage'
  | 'ReportImageState'
  | 'ShareImage'
  | 'CancelImageShares'
  | 'SetImageShares'
  | 'ChangeImageShares'
  | 'ExpireImageShares'
  | 'DeleteImage'
  | 'DeletePublicImage';

/** Who changed what, when, from where, by which request: the owner's view of one change. Rule `audit.record`. */
export interface ChangeRecord {
  /** Sorts by time. */
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  /** Network address of the caller. Absent for what the service did by itself. */
  readonly from?: string;
  readonly action: RecordAction;
  readonly region: Region;
  readonly imageId: ImageId;
  /** Whose share the change made, moved or ended. */
  readonly recipients?: readonly PrincipalId[];
  /** Those of them who hold the image by this change, where it gave some their shares and took those of others. */
  readonly added?: readonly PrincipalId[];
  /** Those of them whose share got another expiration. */
  readonly rescheduled?: readonly PrincipalId[];
  /** What the compute platform reported the image to be. */
  readonly state?: 'available' | 'failed';
  /** The image that this one was made from, and the region where that one is. */
  readonly source?: ImageKey;
  readonly requestId: string;
  /** The principal in whose list it stands. */
  readonly principal: PrincipalId;
  readonly principalKind: PrincipalKind;
}

/** What a plan needs to write its record. */
export interface Stamp {
  readonly at: Date;
  readonly actor: string;
  readonly from?: string;
  readonly requestId: string;
  readonly recordId: string;
}

/** Work for the clean-up. `dueAt` is when it may be done, in epoch seconds. */
export type CleanUpTask = { readonly dueAt: number; readonly ref: string } & (
  | {
      /** Shares of these recipients may have ended, or their items may be left over. */
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
      /** The principal was closed; its entries on images of others are to go. */
      readonly kind: 'principal';
      readonly principal: PrincipalId;
      readonly principalKind: PrincipalKind;
    }
);
