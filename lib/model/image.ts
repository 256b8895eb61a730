import * as z from 'zod';
import type { CopyJobKey, ImageId, PrincipalId, Region } from './ids.ts';

/** The states of an image that is not deleted. A deleted image is a tombstone with state `deleted` and a `deletedAt`. */
export const ImageState = z.enum(['pending', 'copying', 'available', 'failed', 'deprecated']);
export type ImageState = z.infer<typeof ImageState>;

/** Whether an image has no data yet. A compute platform reports when it is available, or that it failed. */
export const isBeingMade = (state: Image['state']): state is 'pending' | 'copying' => state === 'pending' || state === 'copying';

export const Product = z.enum(['standard', 'lightweight']);
export type Product = z.infer<typeof Product>;

/** Who manages the key of an encrypted image: the cloud (`service`) or the customer. */
export const Encryption = z.enum(['none', 'service', 'customer']);
export type Encryption = z.infer<typeof Encryption>;

export const Architecture = z.enum(['x86_64', 'arm64']);
export type Architecture = z.infer<typeof Architecture>;

/** How an image was created: from a file, as a copy of an own image or of a shared one, or from an instance. */
export const ImageOrigin = z.enum(['import', 'copy', 'save', 'instance']);
export type ImageOrigin = z.infer<typeof ImageOrigin>;

export type Tags = Readonly<Record<string, string>>;

/** The expiration of a share that never expires. */
export const neverExpires = 0;

/**
 * The recipients of an image, each with the expiration of its share in epoch seconds, or `neverExpires`. Only this map grants
 * access. It can still contain expired entries, which grant nothing.
 */
export type Recipients = Readonly<Record<PrincipalId, number>>;

/** The recipients that a copy will be shared with as soon as its state allows it. Grants nothing. */
export interface PlannedShares {
  /** The job that made the copy. It has the expiration of the shares. */
  readonly job: CopyJobKey;
  /** Without those that the copy has been shared with. */
  readonly recipients: readonly PrincipalId[];
}

export interface Image {
  readonly region: Region;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly state: ImageState | 'deleted';
  /** The compute platform's reason for the state, mostly for failed images. */
  readonly stateReason?: string;
  readonly os: string;
  readonly architecture: Architecture;
  readonly product: Product;
  /** The products whose instances can use the image. */
  readonly products: readonly Product[];
  /** Sizes in GiB: the system disk, then the data disk snapshots. */
  readonly disksGiB: readonly number[];
  readonly encryption: Encryption;
  /** Absent for public images, and for images from versions that didn't store it. */
  readonly origin?: ImageOrigin;
  readonly createdAt: Date;
  readonly deletedAt?: Date;
  readonly recipients: Recipients;
  /** Together with `recipients`, never more than the sharing limit. Absent if nothing is planned. */
  readonly plannedShares?: PlannedShares;
  /** Number of change records, which is also the position of the latest one in the image's history. */
  readonly revision: number;
  /** Increases by one with each change to name, description, tags, products, or state, so shares don't conflict with edits. */
  readonly detailsRevision: number;
  /** ID of the most recent change record. */
  readonly lastRecordId: string;
}

/** The details of a share that are not in the image's recipient map. A share grants nothing by itself. */
export interface Share {
  readonly region: Region;
  readonly imageId: ImageId;
  readonly recipient: PrincipalId;
  readonly sharedAt: Date;
  readonly sharedBy: string;
  /** ID of the change record that created the share. Distinguishes it from a later share with the same recipient. */
  readonly recordId: string;
  /** When the recipient last launched or reinstalled an instance from the image; updated at most once a minute. */
  readonly lastUsedAt?: Date;
  /** A copy of what the image says, so that the recipient's images can be counted without reading them. */
  readonly listed: ListedShare;
}

/** Minimum time between two recorded uses of a share. */
export const shareUseIntervalMs = 60_000;

/** The expiration of a share in the recipient map, and the details of the image by which lists count it. */
export interface ListedShare extends Pick<Image, 'state' | 'products'> {
  readonly endsAt: number;
}
