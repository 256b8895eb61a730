/** Builders with defaults, so that a test states only what matters to it. */

import { type Regions, regionsFrom } from '../../lib/app/regions.ts';
import type { AccessKey } from '../../lib/model/access-key.ts';
import type { CopyJob } from '../../lib/model/copy-job.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { AccessKeyId, CopyJobId, ImageId, InstanceId, PrincipalId, Region } from '../../lib/model/ids.ts';
import type { Image, Recipients, Share } from '../../lib/model/image.ts';
import type { Instance } from '../../lib/model/instance.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { Stamp } from '../../lib/model/record.ts';
import { policies as policiesByName } from '../../lib/policies/policies.ts';
import type { RecipientsFacts } from '../../lib/rules/change-recipients.ts';
import { publicOwner } from '../../lib/rules/visibility.ts';

export const principal = (id: string): PrincipalId => id as PrincipalId;
export const region = (name: string): Region => name as Region;
export const imageId = (id: string): ImageId => id as ImageId;
export const instanceId = (id: string): InstanceId => id as InstanceId;
export const accessKeyId = (id: string): AccessKeyId => id as AccessKeyId;

/** The current time in tests. */
export const noon = new Date('2026-11-22T12:00:00.000Z');
export const secondsFromNoon = (seconds: number): Date => new Date(noon.getTime() + seconds * 1_000);
export const noonSeconds = noon.getTime() / 1_000;

export const policies = Object.values(policiesByName);
export const policyNamed = (name: string): Policy => {
  const policy = policies.find((candidate) => candidate.name === name);
  if (policy === undefined) {
    throw new Error(`There is no policy ${name}`);
  }
  return policy;
};

export const regions: Regions = regionsFrom(
  'ap-guangzhou=tencent,ap-shanghai=tencent,cn-hangzhou=alibaba,cn-shanghai=alibaba,cn-bj2=ucloud,cn-sh2=ucloud',
);

/** Two regions of one policy, and the principal that an account has there. */
export interface PolicyFixture {
  readonly policy: Policy;
  readonly region: Region;
  /** Another region with the same policy. */
  readonly otherRegion: Region;
  /** Returns the account itself or its default project, depending on the policy. */
  readonly principalOf: (account: string) => PrincipalId;
}

/** One fixture per policy, with the policy's name for test titles. */
export const policyFixtures: readonly (PolicyFixture & { readonly name: string })[] = policies.map((policy) => {
  const [firstRegion, otherRegion] = [...regions].flatMap(([name, candidate]) => (candidate.name === policy.name ? [name] : []));
  if (firstRegion === undefined || otherRegion === undefined) {
    throw new Error(`The policy ${policy.name} has fewer than two regions`);
  }
  const principalOf = (account: string) => principal(policy.principalKind === 'account' ? account : `org-${account}`);
  return { name: policy.name, policy, region: firstRegion, otherRegion, principalOf };
});
export const fixtureOf = (policyName: string): PolicyFixture => {
  const fixture = policyFixtures.find(({ name }) => name === policyName);
  if (fixture === undefined) {
    throw new Error(`There is no policy ${policyName}`);
  }
  return fixture;
};

/** Returns `count` principals: h01, h02, and so on. */
export const principals = (count: number, prefix = 'h'): PrincipalId[] =>
  Array.from({ length: count }, (_, index) => principal(`${prefix}${String(index + 1).padStart(2, '0')}`));

/** Permanent shares with each of the principals. */
export const sharedWith = (recipients: readonly PrincipalId[]): Recipients =>
  Object.fromEntries(recipients.map((name) => [name, 0]));

export const anImage = (parts: Partial<Image> = {}): Image => ({
  region: region('ap-guangzhou'),
  imageId: imageId('img-00000001'),
  owner: principal('owner'),
  name: 'web',
  description: '',
  tags: {},
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
  lastRecordId: 'record-0',
  ...parts,
});

/** An image owned by the account `owner`, in the fixture's region. */
export const anImageIn = (fixture: PolicyFixture, parts: Partial<Image> = {}): Image =>
  anImage({ region: fixture.region, owner: fixture.principalOf('owner'), ...parts });

export const aShare = (parts: Partial<Share> = {}): Share => ({
  region: region('ap-guangzhou'),
  imageId: imageId('img-00000001'),
  recipient: principal('h01'),
  sharedAt: noon,
  sharedBy: 'owner',
  recordId: 'record-1',
  listed: { endsAt: 0, state: 'available', products: ['standard'] },
  ...parts,
});

export const anInstance = (parts: Partial<Instance> = {}): Instance => ({
  region: region('ap-guangzhou'),
  instanceId: instanceId('ins-00000001'),
  principal: principal('owner'),
  imageId: imageId('img-00000001'),
  product: 'standard',
  os: 'Debian 12',
  architecture: 'x86_64',
  disksGiB: [20],
  encryption: 'none',
  createdAt: noon,
  ...parts,
});

/** A copy job of the account `owner`, with the image of `anImage()` as its copy. */
export const aCopyJob = (parts: Partial<CopyJob> = {}): CopyJob => ({
  region: region('ap-guangzhou'),
  jobId: 'copy-0000000000000001' as CopyJobId,
  owner: principal('owner'),
  imageId: imageId('img-source'),
  copies: [{ region: region('ap-guangzhou'), imageId: imageId('img-00000001') }],
  recipients: [principal('h01')],
  endsAt: 0,
  riskAcknowledged: true,
  startedBy: 'owner',
  createdAt: noon,
  expiresAt: noonSeconds + 90 * 86_400,
  refused: {},
  ...parts,
});

export const anAccessKey = (parts: Partial<AccessKey> = {}): AccessKey => ({
  keyId: accessKeyId('AK000000000000000000000001'),
  account: principal('owner'),
  state: 'active',
  createdAt: noon,
  secret: { nonce: 'bm9uY2U', text: 'dGV4dA', tag: 'dGFn', wrappedKey: 'a2V5' },
  ...parts,
});

/** An instance of the account `owner`, in the fixture's region. */
export const anInstanceIn = (fixture: PolicyFixture, parts: Partial<Instance> = {}): Instance =>
  anInstance({ region: fixture.region, principal: fixture.principalOf('owner'), ...parts });

/** A public image in the fixture's region. */
export const aPublicImageIn = (fixture: PolicyFixture, parts: Partial<Image> = {}): Image =>
  anImageIn(fixture, { owner: publicOwner, imageId: imageId('img-public-1'), ...parts });

export const aStamp = (parts: Partial<Stamp> = {}): Stamp => ({
  at: noon,
  actor: 'owner',
  from: '192.0.2.1',
  requestId: 'request-1',
  recordId: '00000000-0000-7000-8000-000000000001',
  ...parts,
});

/** The facts for a change of recipients: the policy of the image's region, and h01 to h99 as existing principals. */
export function factsAbout(image: Image, parts: Partial<RecipientsFacts> = {}): RecipientsFacts {
  const policy = regions.get(image.region);
  if (policy === undefined) {
    throw new Error(`There is no region ${image.region}`);
  }
  return {
    action: 'ShareImage',
    image,
    policy,
    knownPrincipals: new Map([...principals(99), image.owner].map((id) => [id, {}])),
    riskAcknowledged: true,
    stamp: aStamp(),
    ...parts,
  };
}

/** Returns what a call throws, or undefined if it does not throw. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

/** Everything that a caller sees of a refusal. Two refusals that are equal here are indistinguishable to the caller. */
export const refusalFields = (thrown: unknown) =>
  thrown instanceof ActionError ? { code: thrown.code, ...thrown.details } : { thrown };
