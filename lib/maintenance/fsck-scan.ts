import type { AccessKey } from '../model/access-key.ts';
import type { AccessKeyId, PrincipalId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, Project } from '../model/principal.ts';
import type { CleanUpTask } from '../model/record.ts';
import { type CountKey, countName, type Store } from '../table/store.ts';

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
  readonly counts: Map<string, { readonly key: CountKey; readonly used: number; readonly changes: number }>;
  readonly instances: Map<string, Instance>;
  readonly accounts: Map<PrincipalId, Account>;
  readonly projects: Map<PrincipalId, Project>;
  readonly accessKeys: Map<AccessKeyId, AccessKey>;
  readonly tasks: CleanUpTask[];
}

export const nameOf = ({ region, imageId }: { region: string; imageId: string }): string => `${region}/${imageId}`;
export const shareName = (share: Pick<Share, 'region' | 'imageId' | 'recipient'>): string =>
  `${nameOf(share)} with ${share.recipient}`;

/** Goes once over the table and notes what it sees. */
export async function scan(store: Store): Promise<Seen> {
  const seen: Seen = {
    images: new Map(),
    shares: new Map(),
    counts: new Map(),
    instances: new Map(),
    accounts: new Map(),
    projects: new Map(),
    accessKeys: new Map(),
    tasks: [],
  };
  for await (const stored of store.everything()) {
    switch (stored.of) {
      case 'image':
        seen.images.set(nameOf(stored.image), stored.image);
        break;
      case 'share':
        seen.shares.set(shareName(stored.share), stored.share);
        break;
      case 'count':
        seen.counts.set(countName(stored.key), { key: stored.key, ...stored.count });
        break;
      case 'instance':
        seen.instances.set(`${stored.instance.region}/${stored.instance.instanceId}`, stored.instance);
        break;
      case 'account':
        seen.accounts.set(stored.account.accountId, stored.account);
        break;
      case 'project':
        seen.projects.set(stored.project.projectId, stored.project);
        break;
      case 'access-key':
        seen.accessKeys.set(stored.key.keyId, stored.key);
        break;
      case 'task':
        seen.tasks.push(stored.task);
    }
  }
  return seen;
}
