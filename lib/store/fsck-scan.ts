import type { Account, Project } from '../model/holder.ts';
import type { HolderId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Due } from '../model/record.ts';
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

/** What one scan of the table has seen. */
export interface Seen {
  readonly images: Map<string, Image>;
  readonly shares: Map<string, Share>;
  readonly quotas: Map<string, { readonly key: QuotaKey; readonly used: number; readonly changes: number }>;
  readonly accounts: Map<HolderId, Account>;
  readonly projects: Map<HolderId, Project>;
  readonly due: Due[];
}

export const nameOf = ({ region, imageId }: { region: string; imageId: string }): string => `${region}/${imageId}`;
export const shareName = (share: Pick<Share, 'region' | 'imageId' | 'recipient'>): string =>
  `${nameOf(share)} with ${share.recipient}`;

/** Goes once over the table and notes what it sees. */
export async function scan(store: Store): Promise<Seen> {
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
