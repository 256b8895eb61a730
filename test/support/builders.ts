/** Things with defaults, for tests to say only what matters to them. */
import { clouds } from '../../lib/clouds/clouds.ts';
import { type Regions, regionsFrom } from '../../lib/clouds/regions.ts';
import type { HolderId, ImageId, Region } from '../../lib/model/ids.ts';
import type { Image, Recipients, Share } from '../../lib/model/image.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { Stamp } from '../../lib/model/record.ts';

export const holder = (id: string): HolderId => id as HolderId;
export const region = (name: string): Region => name as Region;
export const imageId = (id: string): ImageId => id as ImageId;

/** The time of day in tests. */
export const noon = new Date('2026-11-22T12:00:00.000Z');
export const secondsFromNoon = (seconds: number): Date => new Date(noon.getTime() + seconds * 1_000);
export const noonSeconds = noon.getTime() / 1_000;

export const policies = Object.values(clouds).map(({ policy }) => policy);
export const policyNamed = (name: string): Policy => {
  const policy = policies.find((one) => one.name === name);
  if (policy === undefined) {
    throw new Error(`There is no policy ${name}`);
  }
  return policy;
};

export const regions: Regions = regionsFrom(
  'ap-guangzhou=tencent,ap-shanghai=tencent,cn-hangzhou=alibaba,cn-shanghai=alibaba,cn-bj2=ucloud,cn-sh2=ucloud',
);

/** `count` holders: h01, h02 ... */
export const holders = (count: number, prefix = 'h'): HolderId[] =>
  Array.from({ length: count }, (_, at) => holder(`${prefix}${String(at + 1).padStart(2, '0')}`));

/** Shares without end with each of them. */
export const heldBy = (names: readonly HolderId[]): Recipients => Object.fromEntries(names.map((name) => [name, 0]));

export const anImage = (parts: Partial<Image> = {}): Image => ({
  region: region('ap-guangzhou'),
  imageId: imageId('img-00000001'),
  owner: holder('owner'),
  name: 'web',
  description: '',
  labels: {},
  state: 'available',
  os: 'Debian 12',
  architecture: 'x86_64',
  product: 'standard',
  products: ['standard'],
  disksGiB: [20],
  encryption: 'none',
  createdAt: noon,
  recipients: {},
  revision: 1,
  detailsRevision: 1,
  ...parts,
});

export const aShare = (parts: Partial<Share> = {}): Share => ({
  region: region('ap-guangzhou'),
  imageId: imageId('img-00000001'),
  recipient: holder('h01'),
  sharedAt: noon,
  sharedBy: 'owner',
  recordId: 'record-1',
  ...parts,
});

export const aStamp = (parts: Partial<Stamp> = {}): Stamp => ({
  at: noon,
  actor: 'owner',
  from: '192.0.2.1',
  requestId: 'request-1',
  recordId: 'record-1',
  expiryRecordId: 'record-2',
  ...parts,
});
