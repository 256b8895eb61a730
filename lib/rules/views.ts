import type { AccessKey } from '../model/access-key.ts';
import type { PrincipalId, Region } from '../model/ids.ts';
import { type Image, neverExpires, type PlannedShares, type Recipients, type Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import { compareTexts } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import { type Acceptance, type Account, acceptsAnyone, type Project } from '../model/principal.ts';
import type { ChangeRecord } from '../model/record.ts';
import type { AccessKeyView } from '../model/views/access-key.ts';
import type { AccountView, ShareAcceptance } from '../model/views/account.ts';
import type { ImageView } from '../model/views/image.ts';
import type { InstanceView } from '../model/views/instance.ts';
import type { RecordView } from '../model/views/record.ts';
import type { SharesView, ShareView } from '../model/views/share.ts';
import { disksFor } from './images.ts';
import { imageStatusOf } from './instances.ts';
import { endOfShare, expirationOf, expirationsOf, liveEntries, namesOf } from './recipients.ts';
import { type Visibility, visibilityOf } from './visibility.ts';

interface ViewFacts {
  readonly policy: Policy;
  readonly now: Date;
  /** Who sees the image. Required for shared images only. */
  readonly principal?: PrincipalId;
  /** When a shared image was shared with the principal, if that is known. */
  readonly sharedAt?: Date | undefined;
}

/** Returns an image as its owner or a recipient sees it. Recipients can't see other recipients. Rule `received.privacy`. */
export function imageView(image: Image, visibility: Visibility, { policy, now, principal, sharedAt }: ViewFacts): ImageView {
  const disksGiB = disksFor(image, visibility, policy);
  return {
    imageId: image.imageId,
    region: image.region,
    name: image.name,
    description: image.description,
    state: image.state as ImageView['state'],
    ...(image.stateReason !== undefined && { stateReason: image.stateReason }),
    owner: image.owner,
    visibility,
    sizeGiB: disksGiB.reduce((sum, size) => sum + size, 0),
    disksGiB: [...disksGiB],
    os: image.os,
    architecture: image.architecture,
    product: image.product,
    products: [...image.products],
    encryption: image.encryption,
    tags: image.tags,
    ...(image.origin !== undefined && { origin: image.origin }),
    revision: image.detailsRevision,
    createdAt: image.createdAt.toISOString(),
    ...(visibility === 'owned' && { shareCount: namesOf(liveEntries(image.recipients, now)).length }),
    ...(visibility === 'shared' && sharedAt !== undefined && { sharedAt: sharedAt.toISOString() }),
    ...(visibility === 'shared' && principal !== undefined && expiresAtOf(endOfShare(image, principal))),
  };
}

/** The field `expiresAt` of a response, which is absent if the share never expires. */
const expiresAtOf = (end: number): { expiresAt?: string } => {
  const expiresAt = expirationOf(end);
  return expiresAt === null ? {} : { expiresAt };
};

/** Returns an access key without its secret. */
export const accessKeyView = ({ keyId, account, state, createdAt, lastUsedAt }: AccessKey): AccessKeyView => ({
  keyId,
  account,
  state,
  createdAt: createdAt.toISOString(),
  ...(lastUsedAt !== undefined && { lastUsedAt: lastUsedAt.toISOString() }),
});

/** Returns a share as the owner sees it. `end` is the expiration in the recipient map. */
export const shareView = (share: Pick<Share, 'recipient' | 'sharedAt' | 'sharedBy' | 'lastUsedAt'>, end: number): ShareView => ({
  recipient: share.recipient,
  sharedAt: share.sharedAt.toISOString(),
  sharedBy: share.sharedBy,
  ...expiresAtOf(end),
  ...(share.lastUsedAt !== undefined && { lastUsedAt: share.lastUsedAt.toISOString() }),
});

/** Returns these shares, with the planned ones, and the used and remaining number of recipients. */
export function sharesView(
  image: Image,
  { live, planned }: { readonly live: Recipients; readonly planned?: PlannedShares | undefined },
  shares: readonly ShareView[],
  policy: Policy,
): SharesView {
  const used = namesOf(live).length;
  return {
    imageId: image.imageId,
    region: image.region,
    cap: policy.recipientsPerImageMax,
    used,
    remaining: remainingOf(policy, used, planned),
    shares: [...shares],
    ...(planned !== undefined && { plannedShares: { recipients: [...planned.recipients], copyJob: planned.job } }),
  };
}

/** Returns how many recipients can be added to an image with so many live and planned ones. */
export const remainingOf = ({ recipientsPerImageMax }: Policy, used: number, planned: PlannedShares | undefined): number =>
  Math.max(0, recipientsPerImageMax - used - (planned?.recipients.length ?? 0));

/** Orders shares by the time of sharing, then by recipient. */
export const inOrderOfSharing = (a: ShareView, b: ShareView): number =>
  compareTexts(a.sharedAt, b.sharedAt) || compareTexts(a.recipient, b.recipient);

/** Returns a record as its principal sees it. */
export const recordView = (record: ChangeRecord): RecordView => ({
  id: record.id,
  at: record.at.toISOString(),
  actor: record.actor,
  ...(record.from !== undefined && { from: record.from }),
  action: record.action,
  region: record.region,
  imageId: record.imageId,
  ...(record.recipients !== undefined && { recipients: [...record.recipients] }),
  ...(record.added !== undefined && { added: [...record.added] }),
  ...(record.rescheduled !== undefined && { rescheduled: [...record.rescheduled] }),
  ...(record.endsAt !== undefined && { expiresAt: expirationOf(record.endsAt) }),
  ...(record.previousEnds !== undefined && { previousExpirations: expirationsOf(record.previousEnds) }),
  ...(record.reason !== undefined && { reason: record.reason }),
  ...(record.changes !== undefined && { changes: [...record.changes] }),
  ...(record.state !== undefined && { state: record.state }),
  ...(record.source !== undefined && { source: record.source }),
  requestId: record.requestId,
});

/** Joins the details of these recipients' shares with their expirations. Skips recipients without details. */
export const shareViews = (
  live: Recipients,
  recipients: readonly PrincipalId[],
  details: ReadonlyMap<PrincipalId, Share>,
): ShareView[] =>
  recipients.flatMap((recipient) => {
    const share = details.get(recipient);
    return share === undefined ? [] : [shareView(share, live[recipient] ?? neverExpires)];
  });

/** An account with its open projects and the image quotas of all its principals. */
export interface AccountOverview {
  readonly account: Account;
  readonly projects: readonly Project[];
  readonly quotas: readonly {
    readonly region: Region;
    readonly principal: PrincipalId;
    readonly used: number;
    readonly limit: number;
  }[];
}

/** Returns an account as it sees itself. Rule `account.ids-visible`. */
export const accountView = ({ account, projects, quotas }: AccountOverview): AccountView => ({
  accountId: account.accountId,
  name: account.name,
  ...(account.defaultProject !== undefined && { defaultProject: account.defaultProject }),
  projects: projects.map(({ projectId, name, createdAt }) => ({ projectId, name, createdAt: createdAt.toISOString() })),
  quotas: quotas.map(({ region, principal, used, limit }) => ({ region, principal, used, limit })),
});

export const acceptanceView = (acceptance: Acceptance = {}): ShareAcceptance => {
  const { acceptsFrom, blockedOwners } = { ...acceptsAnyone, ...acceptance };
  return { from: acceptsFrom, blockedOwners: [...blockedOwners] };
};

/** Returns an instance as its principal sees it, who sees the name of its image only if it can see the image. */
export const instanceView = (instance: Instance, image: Image | undefined, now: Date): InstanceView => ({
  instanceId: instance.instanceId,
  region: instance.region,
  imageId: instance.imageId,
  imageStatus: imageStatusOf(instance, image, now),
  ...(image !== undefined && visibilityOf(image, instance.principal, now) !== undefined && { imageName: image.name }),
  principal: instance.principal,
  state: 'running',
  product: instance.product,
  os: instance.os,
  architecture: instance.architecture,
  disksGiB: [...instance.disksGiB],
  createdAt: instance.createdAt.toISOString(),
});
