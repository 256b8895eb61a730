import { readdirSync, readFileSync } from 'node:fs';
import { AccountView } from '../../../lib/model/views/account.ts';
import { ImageView } from '../../../lib/model/views/image.ts';
import { InstanceView } from '../../../lib/model/views/instance.ts';
import { SharesView } from '../../../lib/model/views/share.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { ucloudProtocol } from '../../../lib/sdk/ucloud/protocol.ts';
import type { WireAction, WireRequest } from '../../../lib/sdk/wire.ts';
import { principal, region } from '../../support/builders.ts';

interface Golden {
  readonly action: string;
  readonly parameters: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}
interface GoldenFailure {
  readonly request: { readonly query?: string; readonly body?: string };
  readonly failure: { readonly code: string; readonly message: string };
  readonly response: Record<string, unknown>;
}

const folder = new URL('golden/', import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const successes: readonly Golden[] = readdirSync(folder)
  .filter((name) => name !== 'failures.json')
  .map(json);
const failures: readonly GoldenFailure[] = json('failures.json');

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
  ImageView.parse({ ...image, imageId: 'uimage-000000000005', state: 'copying' }),
  ImageView.parse({ ...image, imageId: 'uimage-000000000006', state: 'failed' }),
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

/** Returns the same data for every call. */
const service: Service = {
  account: principal('owner'),
  host: 'localhost',
  regions: [currentRegion, region('cn-sh2')],
  region: currentRegion,
  requireRegion: region,
  inRegion: () => service,
  withOptions: () => service,
  listImages: async (scope) => images.filter(({ visibility }) => scope === 'all' || scope === visibility),
  async numberedImages(scope, _, { offset, limit }) {
    const all = await service.listImages(scope);
    return { total: all.length, entries: all.slice(offset, offset + limit) };
  },
  getImage: async (imageId) => images.find((entry) => entry.imageId === imageId) ?? image,
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

const requestOf = ({ query = '', body = '' }): WireRequest => ({
  method: 'POST',
  path: '/',
  query,
  headers: {},
  body: Buffer.from(body),
});

const requestId = 'f1b6ae5c-5d0c-4ad4-b9f9-8f7a2bb2ee0c';
const headers = { 'content-type': 'application/json', 'x-ucloud-request-uuid': requestId };
const dialect = ucloudProtocol.dialectOf(requestOf({}));

describe('golden successes', () => {
  it('exist for every action', () => {
    expect(successes.map(({ action }) => action).sort()).toEqual(Object.keys(dialect.actions).sort());
  });

  it.each(successes)('match exactly: $action', async ({ action, parameters, response }) => {
    const { parameters: schema, run } = dialect.actions[action] as WireAction;

    const fields = await run(schema.parse(parameters) as never, service);

    expect(dialect.success(requestOf({}), { action, fields, requestId })).toEqual({
      status: 200,
      headers,
      body: JSON.stringify(response),
    });
  });
});

describe('golden errors', () => {
  it.each(failures)('match exactly: $response', ({ request, failure: { code, message }, response }) => {
    expect(dialect.failure(requestOf(request), { error: { code }, message, requestId })).toEqual({
      status: 200,
      headers,
      body: JSON.stringify(response),
    });
  });
});
