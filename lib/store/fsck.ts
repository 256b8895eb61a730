import type { Account, Project } from '../model/holder.ts';
import type { HolderId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Due } from '../model/record.ts';
import { entriesOf, epochSeconds, liveEntries, namesOf, noEnd } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { type QuotaKey, quotaName, type Store } from './store.ts';

/** Something that the table should not hold, and the steps that mend it where that can be done safely. */
export interface Finding {
  readonly problem: string;
  readonly subject: string;
  readonly detail: string;
  /** Absent where a person has to decide. */
  readonly repair?: readonly Step[];
}

export interface Checking {
  readonly store: Store;
  readonly regions: ReadonlyMap<Region, Policy>;
  readonly now: () => Date;
}

/** What one pass over the table has seen. */
interface Seen {
  readonly images: Map<string, Image>;
  readonly shares: Map<string, Share>;
  readonly quotas: Map<string, { readonly key: QuotaKey; readonly used: number; readonly changes: number }>;
  readonly accounts: Map<HolderId, Account>;
  readonly projects: Map<HolderId, Project>;
  readonly due: Due[];
}

const nameOf = ({ region, imageId }: { region: string; imageId: string }): string => `${region}/${imageId}`;
const shareName = (share: Pick<Share, 'region' | 'imageId' | 'recipient'>): string => `${nameOf(share)} with ${share.recipient}`;

/**
 * Goes through the whole table and reports what is wrong in it. The service may go on meanwhile: what looks wrong is read
 * again before it is reported, and a count only where nothing was counted since the first of two passes. Holds the keys
 * of all images in memory.
 */
export async function fsck(checking: Checking): Promise<Finding[]> {
  const before = await pass(checking.store);
  const seen = await pass(checking.store);
  const images = [...seen.images.values()];
  return [
    ...(await countFindings(before, seen, checking.store)),
    ...projectFindings(seen),
    ...images.flatMap((image) => imageFindings(image, seen, checking)),
    ...(await shareFindings(seen, checking)),
  ];
}

async function pass(store: Store): Promise<Seen> {
  const seen: Seen = {
    images: new Map(),
    shares: new Map(),
    quotas: new Map(),
    accounts: new Map(),
    projects: new Map(),
    due: [],
  };
  for await (const stored of store.everything()) {
    switch (stored.of) {
      case 'image':
        seen.images.set(nameOf(stored.image), stored.image);
        break;
      case 'share':
        seen.shares.set(shareName(stored.share), stored.share);
        break;
      case 'quota':
        seen.quotas.set(quotaName(stored.key), { key: stored.key, ...stored.quota });
        break;
      case 'account':
        seen.accounts.set(stored.account.accountId, stored.account);
        break;
      case 'project':
        seen.projects.set(stored.project.projectId, stored.project);
        break;
      case 'due':
        seen.due.push(stored.due);
    }
  }
  return seen;
}

async function countFindings(before: Seen, { images, quotas }: Seen, store: Store): Promise<Finding[]> {
  const counted = new Map<string, number>();
  const keys = new Map([...quotas].map(([name, { key }]) => [name, key]));
  for (const { region, owner, endedAt } of images.values()) {
    const key = { region, holder: owner };
    keys.set(quotaName(key), key);
    counted.set(quotaName(key), (counted.get(quotaName(key)) ?? 0) + (endedAt === undefined ? 1 : 0));
  }
  const off = [...keys].filter(([name]) => (counted.get(name) ?? 0) !== (quotas.get(name)?.used ?? 0));
  const { quotas: now } = await store.read({ quotas: off.map(([, key]) => key) });
  return off
    .filter(([name]) => (before.quotas.get(name)?.changes ?? 0) === (now.get(name)?.changes ?? 0))
    .map(([name, { region, holder }]) => ({
      problem: 'count-off',
      subject: `${holder} in ${region}`,
      detail: `has ${counted.get(name) ?? 0} images and a count of ${now.get(name)?.used ?? 0}`,
      repair: [{ do: 'correct-count', region, holder, seenChanges: now.get(name)?.changes ?? 0, used: counted.get(name) ?? 0 }],
    }));
}

function projectFindings({ accounts, projects }: Seen): Finding[] {
  const open = [...projects.values()].filter(({ state }) => state === 'open');
  return [...accounts.values()].flatMap(({ accountId, openProjects }) => {
    const counted = open.filter(({ account }) => account === accountId).length;
    return counted === openProjects
      ? []
      : [
          {
            problem: 'projects-off',
            subject: accountId,
            detail: `has ${counted} open projects and a count of ${openProjects}`,
            repair: [{ do: 'correct-projects', accountId, seen: openProjects, openProjects: counted } as const],
          },
        ];
  });
}

function imageFindings(image: Image, seen: Seen, { regions, now }: Checking): Finding[] {
  const subject = nameOf(image);
  const policy = regions.get(image.region);
  if (policy === undefined) {
    return [{ problem: 'region-unknown', subject, detail: `lies in a region that is not configured` }];
  }
  const isOpen = (holder: HolderId): boolean =>
    (policy.holderKind === 'account' ? seen.accounts : seen.projects).get(holder)?.state === 'open';
  const isDueWhole = seen.due.some((due) => due.kind === 'image' && nameOf(due) === subject);
  if (image.endedAt !== undefined) {
    return namesOf(image.recipients).length > 0 && !isDueWhole
      ? [
          {
            problem: 'ended-holds-entries',
            subject,
            detail: 'is deleted, holds entries, and no clean-up is due',
            repair: [sweepOfImage(image, now())],
          },
        ]
      : [];
  }
  const live = namesOf(liveEntries(image.recipients, now()));
  const isDue = (holder: HolderId, end: number): boolean =>
    seen.due.some(
      (due) => due.kind === 'shares' && nameOf(due) === subject && due.recipients.includes(holder) && due.dueAt <= end,
    );
  const isSwept = (holder: HolderId): boolean => seen.due.some((due) => due.kind === 'holder' && due.holder === holder);
  const forgotten = entriesOf(image.recipients).filter(([holder, end]) => end !== noEnd && !isDue(holder, end));
  const closed = namesOf(image.recipients).filter((holder) => !isOpen(holder) && !isSwept(holder));
  return [
    ...(live.length > policy.recipientsPerImageMax
      ? [
          {
            problem: 'cap-passed',
            subject,
            detail: `is shared with ${live.length} of at most ${policy.recipientsPerImageMax} recipients`,
          },
        ]
      : []),
    ...(isOpen(image.owner)
      ? []
      : [{ problem: 'owner-not-open', subject, detail: `belongs to ${image.owner}, which is not an open ${policy.holderKind}` }]),
    ...forgotten.map(([holder, end]) => ({
      problem: 'end-not-due',
      subject,
      detail: `is shared with ${holder} until ${new Date(end * 1_000).toISOString()}, and no clean-up is due then`,
      repair: [
        {
          do: 'put-due',
          due: {
            kind: 'shares',
            dueAt: end,
            ref: serviceActor,
            region: image.region,
            imageId: image.imageId,
            recipients: [holder],
          },
        } as const,
      ],
    })),
    ...closed.map((holder) => ({
      problem: 'recipient-not-open',
      subject,
      detail: `is shared with ${holder}, which is not an open ${policy.holderKind}, and no clean-up is due`,
      repair: [
        {
          do: 'put-due',
          due: { kind: 'holder', dueAt: epochSeconds(now()), ref: holder, holder, holderKind: policy.holderKind },
        } as const,
      ],
    })),
  ];
}

const sweepOfImage = ({ region, imageId }: Image, now: Date): Step => ({
  do: 'put-due',
  due: { kind: 'image', dueAt: epochSeconds(now), ref: imageId, region, imageId },
});

/** Share items that no entry backs and no clean-up is due for, and entries without their item; each read again. */
async function shareFindings(seen: Seen, { store, now }: Checking): Promise<Finding[]> {
  const isDue = (share: Share): boolean =>
    seen.due.some(
      (due) =>
        (due.kind === 'image' && nameOf(due) === nameOf(share)) ||
        (due.kind === 'shares' && nameOf(due) === nameOf(share) && due.recipients.includes(share.recipient)) ||
        (due.kind === 'holder' && due.holder === share.recipient),
    );
  const left = [...seen.shares.values()].filter((share) => !isBacked(share, seen.images.get(nameOf(share))) && !isDue(share));
  const bare = [...seen.images.values()].flatMap((image) =>
    image.endedAt !== undefined
      ? []
      : namesOf(image.recipients)
          .filter((recipient) => !seen.shares.has(shareName({ ...image, recipient })))
          .map((recipient) => ({ image, recipient })),
  );
  const findings: Finding[] = [];
  for (const share of left) {
    const { image, shares } = await store.read({ images: [share], shares: [share.recipient] });
    if (shares.get(share.recipient)?.recordId === share.recordId && !isBacked(share, image)) {
      findings.push({
        problem: 'share-left-over',
        subject: shareName(share),
        detail: 'grants nothing, stands in the list of the recipient, and no clean-up is due',
        repair: [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }],
      });
    }
  }
  for (const { image: key, recipient } of bare) {
    const { image, shares } = await store.read({ images: [key], shares: [recipient] });
    const end = image?.recipients[recipient];
    if (image !== undefined && image.endedAt === undefined && end !== undefined && !shares.has(recipient)) {
      findings.push({
        problem: 'share-item-missing',
        subject: shareName({ ...key, recipient }),
        detail: 'is live, but its item is missing, so that the recipient does not find it in its list',
        repair: [
          { do: 'change-image', key: image, owner: image.owner, expect: { entries: { [recipient]: end } }, change: {} },
          {
            do: 'put-share',
            share: {
              region: key.region,
              imageId: key.imageId,
              recipient,
              sharedAt: now(),
              sharedBy: serviceActor,
              recordId: serviceActor,
            },
          },
        ],
      });
    }
  }
  return findings;
}

const isBacked = (share: Share, image: Image | undefined): boolean =>
  image !== undefined && image.endedAt === undefined && Object.hasOwn(image.recipients, share.recipient);
