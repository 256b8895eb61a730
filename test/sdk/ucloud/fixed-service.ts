/** The service as UCloud's actions call it, with the same data for every call. */
import { AccountView } from '../../../lib/model/views/account.ts';
import { ImageView } from '../../../lib/model/views/image.ts';
import { InstanceView } from '../../../lib/model/views/instance.ts';
import { SharesView } from '../../../lib/model/views/share.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { principal, region } from '../../support/builders.ts';

const image = ImageView.parse({
  imageId: 'uimage-000000000001',
  region: 'cn-bj2',
  name: 'web',
  description: 'of the shop',
  state: 'available',
  owner: 'org-owner',
  visibility: 'owned',
  sizeGiB: 60,
  disksGiB: [20, 40],
  os: 'CentOS 7.9 64位',
  architecture: 'x86_64',
  product: 'standard',
  products: ['standard'],
  encryption: 'none',
  tags: { Tag: 'shop' },
  revision: 1,
  createdAt: '2026-11-22T12:00:00.900Z',
  shareCount: 1,
});
const { shareCount: _, ...withoutShareCount } = image;
const images = [
  image,
  ImageView.parse({ ...image, imageId: 'uimage-000000000002', state: 'pending', tags: {}, os: '' }),
  ImageView.parse({
    ...withoutShareCount,
    imageId: 'uimage-000000000003',
    visibility: 'shared',
    owner: 'org-friend',
    disksGiB: [20],
    sizeGiB: 20,
  }),
  ImageView.parse({
    ...withoutShareCount,
    imageId: 'uimage-000000000004',
    visibility: 'public',
    owner: 'public',
    os: 'Windows 2019 64位',
  }),
  ImageView.parse({ ...image, imageId: 'uimage-000000000005', state: 'copying', architecture: 'arm64' }),
  ImageView.parse({
    ...image,
    imageId: 'uimage-000000000006',
    state: 'failed',
    product: 'lightweight',
    products: ['lightweight'],
  }),
  ImageView.parse({ ...image, imageId: 'uimage-000000000007', state: 'deprecated' }),
];
const host = InstanceView.parse({
  instanceId: 'uhost-000000000001',
  region: 'cn-bj2',
  imageId: image.imageId,
  imageStatus: 'available',
  imageName: image.name,
  principal: 'org-owner',
  state: 'running',
  product: 'standard',
  os: image.os,
  architecture: 'x86_64',
  disksGiB: [20, 40, 100],
  createdAt: '2026-11-22T12:00:00.000Z',
});
const shares = SharesView.parse({
  imageId: image.imageId,
  region: 'cn-bj2',
  cap: 50,
  used: 2,
  remaining: 48,
  shares: [
    { recipient: 'org-friend', sharedAt: '2026-11-22T12:00:00.000Z', sharedBy: 'owner' },
    {
      recipient: 'org-guest',
      sharedAt: '2026-11-22T12:00:01.000Z',
      sharedBy: 'owner',
      expiresAt: '2027-01-01T00:00:00.000Z',
      lastUsedAt: '2026-11-23T00:00:00.000Z',
    },
  ],
});
const account = AccountView.parse({
  accountId: 'owner',
  name: 'Owner',
  defaultProject: 'org-owner',
  projects: [
    { projectId: 'org-owner', name: 'Default', createdAt: '2026-11-01T00:00:00.000Z' },
    { projectId: 'org-other', name: 'Other', createdAt: '2026-11-02T00:00:00.000Z' },
  ],
  quotas: [
    { region: 'cn-bj2', principal: 'org-owner', used: 2, limit: 30 },
    { region: 'cn-sh2', principal: 'org-owner', used: 1, limit: 30 },
    { region: 'cn-bj2', principal: 'org-other', used: 0, limit: 30 },
  ],
});

const currentRegion = region('cn-bj2');

const imagesOf = (scope: Parameters<Service['listImages']>[0]) =>
  images.filter(({ visibility }) => scope === 'all' || scope === visibility);

export const fixedService: Service = {
  account: principal('owner'),
  host: 'localhost',
  regions: [currentRegion, region('cn-sh2')],
  region: currentRegion,
  requireRegion: region,
  inRegion: () => fixedService,
  withOptions: () => fixedService,
  listImages: async (scope) => imagesOf(scope),
  numberedImages: async (scope, _, { offset, limit }) => ({
    total: imagesOf(scope).length,
    entries: imagesOf(scope).slice(offset, offset + limit),
  }),
  getImage: async (imageId) => images.find((entry) => entry.imageId === imageId) ?? image,
  findImages: async (imageIds) => imageIds.flatMap((id) => images.filter(({ imageId }) => imageId === id)),
  importImage: async () => image,
  updateImage: async () => image,
  deleteImage: async () => undefined,
  copyImage: async () => image,
  saveSharedImage: async () => image,
  listShares: async () => shares,
  changeShares: async () => undefined,
  listInstances: async () => [host],
  getInstance: async () => host,
  runInstances: async ({ count }) =>
    Array.from({ length: count }, (_, index) => InstanceView.parse({ ...host, instanceId: `uhost-00000000000${index + 1}` })),
  reinstallInstance: async () => host,
  reinitializeInstance: async () => host,
  terminateInstance: async () => undefined,
  createImage: async () => image,
  getAccount: async () => account,
};
