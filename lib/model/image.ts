import * as z from 'zod';
import type { ImageId, PrincipalId, Region } from './ids.ts';

/** What an image that is not deleted can be. A deleted image is a tombstone: `deleted`, with `deletedAt`. */
export const ImageState = z.enum(['pending', 'copying', 'available', 'failed', 'deprecated']);
export type ImageState = z.infer<typeof ImageState>;

/** Whether an image has no data yet. A compute platform reports when it is available, or that it failed. */
export const isBeingMade = (state: Image['state']): state is 'pending' | 'copying' => state === 'pending' || state === 'copying';

export const Product = z.enum(['standard', 'lightweight']);
export type Product = z.infer<typeof Product>;

/** Who holds the key of an encrypted image: nobody, the cloud's own service, or the customer. */
export const Encryption = z.enum(['none', 'service', 'customer']);
export type Encryption = z.infer<typeof Encryption>;

export const Architecture = z.enum(['x86_64', 'arm64']);
export type Architecture = z.infer<typeof Architecture>;

export type Tags = Readonly<Record<string, string>>;

/**
 * Who holds the image: recipient -> end of its share in epoch seconds, 0 for a share without end. This map alone grants
 * access. Entries whose end has passed may still stand in it; they grant nothing.
 */
export type Recipients = Readonly<Record<PrincipalId, number>>;

export interface Image {
  readonly region: Region;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly state: ImageState | 'deleted';
  /** Why the image is in its state, as the compute platform reported it; mostly of use when it failed. */
  readonly stateReason?: string;
  readonly os: string;
  readonly architecture: Architecture;
  readonly product: Product;
  /** The products in which instances may be made from it. */
  readonly products: readonly Product[];
  /** Sizes in GiB. The first is the system disk, the others are data-disk snapshots. */
  readonly disksGiB: readonly number[];
  readonly encryption: Encryption;
  readonly createdAt: Date;
  readonly deletedAt?: Date;
  readonly recipients: Recipients;
  /** Grows by one with every record of a change of the image, which gives each of them its number in the image's history. */
  readonly revision: number;
  /** Grows by one with every write of name, description, tags, products or state, so that shares do not disturb edits. */
  readonly detailsRevision: number;
  /** Id of the record of its last change. */
  readonly lastRecordId: string;
}

/** The details of a share that the image's map does not hold. Grants nothing by itself. */
export interface Share {
  readonly region: Region;
  readonly imageId: ImageId;
  readonly recipient: PrincipalId;
  readonly sharedAt: Date;
  readonly sharedBy: string;
  /** Id of the record of the change that made it: tells this share from a later one with the same recipient. */
  readonly recordId: string;
  /** When the recipient last made an instance from the image; noted at most once a minute. */
  readonly lastUsedAt?: Date;
}
