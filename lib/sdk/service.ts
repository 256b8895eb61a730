import type { ImageId, InstanceId, PrincipalId, Region } from '../model/ids.ts';
import type { Architecture, Product, Tags } from '../model/image.ts';
import type { ImagesToCount, Numbered, NumberedPage } from '../model/numbered-list.ts';
import type { AccountView } from '../model/views/account.ts';
import type { ImageView } from '../model/views/image.ts';
import type { InstanceView } from '../model/views/instance.ts';
import type { SharesView } from '../model/views/share.ts';

/** Options of a call. */
export interface CallOptions {
  /** Checks the call and throws its errors, but changes nothing. */
  readonly isDryRun?: boolean | undefined;
  /** The caller's idempotency token: a repeated call with the same token has no effect and returns the first result. */
  readonly token?: string | undefined;
  /** Updates or deletes the image only if it still has this revision. Otherwise, the call throws PreconditionFailed. */
  readonly revision?: number | undefined;
}

/** An image to register. */
interface NewImage {
  readonly name: string;
  readonly description?: string | undefined;
  readonly os?: string | undefined;
  readonly architecture?: Architecture | undefined;
  readonly product?: Product | undefined;
  readonly tags?: Tags | undefined;
  /** Of the system disk. */
  readonly sizeGiB: number;
  readonly disks?: readonly { readonly sizeGiB: number }[] | undefined;
}

/** Changes to an image. Absent fields don't change. */
interface ImageChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly products?: readonly Product[] | undefined;
  readonly deprecated?: boolean | undefined;
}

type ListScope = ImageView['visibility'] | 'all';

/**
 * The service's own API as the clouds' actions call it: for the account whose key signed the request, in the region of the
 * request. Contains no rules; calls throw ActionError as docs/rules.md describes.
 */
export interface Service {
  /** The account whose key signed the request. */
  readonly account: PrincipalId;
  /** The host that the request was sent to, with the port. */
  readonly host: string;
  /** The regions of this deployment that follow the cloud's policy. */
  readonly regions: readonly Region[];
  /** The region of the request. Throws ProviderError if it is missing or belongs to another cloud. */
  readonly region: Region;
  /** Throws ProviderError if the cloud has no such region. */
  requireRegion(name: string): Region;
  /** Returns the same service in another region. */
  inRegion(region: Region): Service;
  /** Returns the same service with these options in addition to its own. */
  withOptions(options: CallOptions): Service;

  /**
   * Returns the whole list, because clouds return a total and page by number: first owned images, newest first, then
   * shared ones, the latest share first, then public ones. Reads at most 10,000 IDs.
   */
  listImages(scope: ListScope): Promise<readonly ImageView[]>;
  /** Returns a page of such a list, and the number of its images that count. Reads only the images of the page in full. */
  numberedImages(scope: ListScope, toCount: ImagesToCount, page: NumberedPage): Promise<Numbered<ImageView>>;
  getImage(imageId: ImageId): Promise<ImageView>;
  /** Returns the images among these that the caller can see, in the order of the IDs. */
  findImages(imageIds: readonly ImageId[]): Promise<readonly ImageView[]>;
  importImage(image: NewImage): Promise<ImageView>;
  updateImage(imageId: ImageId, changes: ImageChanges): Promise<ImageView>;
  deleteImage(imageId: ImageId): Promise<void>;
  copyImage(
    imageId: ImageId,
    copy: {
      readonly destinationRegion: Region;
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly tags?: Tags | undefined;
      readonly project?: PrincipalId | undefined;
    },
  ): Promise<ImageView>;
  /** Saves an image that is shared with the caller as the caller's own. */
  saveSharedImage(
    imageId: ImageId,
    details: {
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly tags?: Tags | undefined;
    },
  ): Promise<ImageView>;
  listShares(imageId: ImageId): Promise<SharesView>;
  /** Adds and removes recipients in one step. A call of a cloud's API counts as acknowledging the risk of sharing. */
  changeShares(
    imageId: ImageId,
    change: { readonly add: readonly PrincipalId[]; readonly remove: readonly PrincipalId[] },
  ): Promise<void>;

  /** Returns the caller's instances, newest first; at most 10,000. */
  listInstances(): Promise<readonly InstanceView[]>;
  getInstance(instanceId: InstanceId): Promise<InstanceView>;
  /** Launches all of the instances or none. */
  runInstances(launch: {
    readonly imageId: ImageId;
    readonly count: number;
    readonly product?: Product | undefined;
  }): Promise<readonly InstanceView[]>;
  reinstallInstance(instanceId: InstanceId, imageId: ImageId): Promise<InstanceView>;
  /** Reinstalls the instance from its current image. */
  reinitializeInstance(instanceId: InstanceId): Promise<InstanceView>;
  terminateInstance(instanceId: InstanceId): Promise<void>;
  createImage(
    instanceId: InstanceId,
    image: { readonly name: string; readonly description?: string | undefined; readonly tags?: Tags | undefined },
  ): Promise<ImageView>;

  /** Returns the caller's account with its projects and quotas. */
  getAccount(): Promise<AccountView>;
}

/** The most entries of a list that are read and counted for a response. */
export const listEntriesMax = 10_000;
