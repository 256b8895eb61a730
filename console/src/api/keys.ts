import type { Image } from './client.ts';

/** The query parameters that every request for the chosen project sends. */
export interface Tenant {
  readonly project?: string;
}

export type ImageRef = Pick<Image, 'region' | 'imageId'>;

/** Invalidating a key also invalidates all keys that start with it. */
export const keys = {
  account: ['account'],
  accessKeys: ['access-keys'],
  addressBook: ['address-book'],
  trustedOwners: ['trusted-owners'],
  acceptance: ['acceptance'],
  usage: (days: number, project: string | undefined) => ['usage', days, project] as const,
  instances: ['instances'],
  copyJobs: ['copy-jobs'],
  images: ['images'],
  imageLists: ['images', 'lists'],
  /** The records of all images. */
  records: ['images', 'records'],
  /** The shares of all own images, and their recipients. */
  ownShares: ['images', 'own-shares'],
  imageOptions: (region: string, tenant: Tenant, searched: string) =>
    ['images', 'lists', 'options', region, tenant, searched] as const,
  /** The recipients of several images. */
  recipients: (imageIds: readonly string[], tenant: Tenant) => ['images', 'recipients', imageIds, tenant] as const,
  dryRun: (content: readonly unknown[] | undefined) => ['dry-run', content] as const,
  image: ({ region, imageId }: ImageRef) => ['images', 'one', region, imageId] as const,
} as const;
