import type { ImageId, InstanceId, PrincipalId, Region } from '../model/ids.ts';
import type { Architecture, Product, Tags } from '../model/image.ts';
import type { AccountView, ImageView, InstanceView, SharesView } from '../model/views.ts';

/** How a call is made: as a dry run, or so that its repeats do nothing more. */
export interface CallOptions {
  /** Refuses what would be refused, and does nothing. */
  readonly isDryRun?: boolean | undefined;
  /** A text of the caller's: the same call with the same text is done once and answered alike. */
  readonly token?: string | undefined;
}

/** An image to be registered. */
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

/** The details of an image that an edit states; what is absent stays. */
interface ImageEdit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly products?: readonly Product[] | undefined;
  readonly deprecated?: boolean | undefined;
}

/**
 * Our own calls, as the actions of a cloud make them: by the caller whose key signed the request, in the region that it
 * states. They refuse as docs/rules.md says, with ActionError; nothing is decided here.
 */
export interface Service {
  /** The account whose key signed the request. */
  readonly account: PrincipalId;
  /** The regions of this installation where the cloud's policy holds. */
  readonly regions: readonly Region[];
  /** The region that the request states. Throws ProviderError when it states none, or none of this cloud's. */
  readonly region: Region;
  /** Throws ProviderError for a region that is none of this cloud's. */
  regionNamed(name: string): Region;
  /** The same calls in another region. */
  in(region: Region): Service;
  /** The same calls with these options. */
  as(options: CallOptions): Service;

  /**
   * Everything of a list at once, which clouds count and cut by number: own images first, oldest first, then shared
   * ones by time of sharing, then public ones. At most 10,000 of the list's ids are read.
   */
  images(scope: 'owned' | 'shared' | 'public' | 'all'): Promise<readonly ImageView[]>;
  image(imageId: ImageId): Promise<ImageView>;
  importImage(image: NewImage): Promise<ImageView>;
  updateImage(imageId: ImageId, edit: ImageEdit): Promise<ImageView>;
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
  /** Saves an image that others share with the caller. */
  saveImage(
    imageId: ImageId,
    save: {
      readonly name?: string | undefined;
      readonly description?: string | undefined;
      readonly tags?: Tags | undefined;
    },
  ): Promise<ImageView>;
  shares(imageId: ImageId): Promise<SharesView>;
  /** Adds and removes in one step. A call of a cloud's API confirms the risk that its console asks about. */
  changeShares(
    imageId: ImageId,
    change: { readonly add: readonly PrincipalId[]; readonly remove: readonly PrincipalId[] },
  ): Promise<void>;

  /** Own instances, oldest first; at most 10,000. */
  instances(): Promise<readonly InstanceView[]>;
  instance(instanceId: InstanceId): Promise<InstanceView>;
  /** Makes all of the instances or none. */
  runInstances(launch: {
    readonly imageId: ImageId;
    readonly count: number;
    readonly product?: Product | undefined;
  }): Promise<readonly InstanceView[]>;
  reinstall(instanceId: InstanceId, imageId: ImageId): Promise<InstanceView>;
  /** From the image that the instance was last made from. */
  reinitialize(instanceId: InstanceId): Promise<InstanceView>;
  terminate(instanceId: InstanceId): Promise<void>;
  imageOf(
    instanceId: InstanceId,
    image: { readonly name: string; readonly description?: string | undefined; readonly tags?: Tags | undefined },
  ): Promise<ImageView>;

  /** The caller's own account, with its projects and quotas. */
  accountOverview(): Promise<AccountView>;
}

/** The bound on how many entries of a list are read, counted and cut for a cloud's answer. */
export const listedMax = 10_000;
