import type { AccessKey } from '../model/access-key.ts';
import type { CopyJob } from '../model/copy-job.ts';
import type { AccessKeyId, CopyJobKey, ImageKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, Project } from '../model/principal.ts';
import type { CleanUpTask } from '../model/record.ts';
import { type CountKey, countName, type ShareKey, type Store, type Stored, type Wanted } from '../table/store.ts';

/** A problem in the table, and the steps that repair it if that can be done safely. */
export interface Finding {
  readonly problem: string;
  /** Together with `problem`, identifies the finding. */
  readonly subject: string;
  readonly detail: string;
  /** Absent if a person has to decide. */
  readonly repair?: readonly Step[];
}

/** What a suspected problem is about, to be read again. The clean-up tasks are read again in any case. */
export interface Subject extends Pick<Wanted, 'images' | 'accounts' | 'projects' | 'accessKeys' | 'copyJobs'> {
  readonly shares?: readonly ShareKey[];
  /** An account of which the projects and the address book are read again. */
  readonly contentsOf?: PrincipalId;
}

export interface Suspicion extends Finding {
  readonly about: Subject;
}

export interface FsckDeps {
  readonly store: Store;
  readonly regions: ReadonlyMap<Region, Policy>;
  readonly now: () => Date;
}

/** The items of one table scan, by name. */
export interface TableScan {
  readonly images: Map<string, Image>;
  readonly shares: Map<string, Share>;
  readonly counts: Map<string, { readonly key: CountKey; readonly used: number; readonly changes: number }>;
  readonly instances: Map<string, Instance>;
  readonly accounts: Map<PrincipalId, Account>;
  readonly projects: Map<PrincipalId, Project>;
  readonly accessKeys: Map<AccessKeyId, AccessKey>;
  readonly copyJobs: Map<string, CopyJob>;
  /** The number of address book entries of each account that has any. */
  readonly addressBooks: Map<PrincipalId, number>;
  readonly tasks: CleanUpTask[];
}

export const nameOf = ({ region, imageId }: ImageKey): string => `${region}/${imageId}`;
export const jobName = ({ region, jobId }: CopyJobKey): string => `${region}/${jobId}`;
export const shareName = (share: ShareKey): string => `${nameOf(share)} with ${share.recipient}`;

/** Collects items as a scan of the table does. */
export async function scanOf(items: AsyncIterable<Stored> | Iterable<Stored>): Promise<TableScan> {
  const result: TableScan = {
    images: new Map(),
    shares: new Map(),
    counts: new Map(),
    instances: new Map(),
    accounts: new Map(),
    projects: new Map(),
    accessKeys: new Map(),
    copyJobs: new Map(),
    addressBooks: new Map(),
    tasks: [],
  };
  for await (const stored of items) {
    switch (stored.of) {
      case 'image':
        result.images.set(nameOf(stored.image), stored.image);
        break;
      case 'share':
        result.shares.set(shareName(stored.share), stored.share);
        break;
      case 'count':
        result.counts.set(countName(stored.key), { key: stored.key, ...stored.count });
        break;
      case 'instance':
        result.instances.set(`${stored.instance.region}/${stored.instance.instanceId}`, stored.instance);
        break;
      case 'account':
        result.accounts.set(stored.account.accountId, stored.account);
        break;
      case 'project':
        result.projects.set(stored.project.projectId, stored.project);
        break;
      case 'access-key':
        result.accessKeys.set(stored.key.keyId, stored.key);
        break;
      case 'copy-job':
        result.copyJobs.set(jobName(stored.job), stored.job);
        break;
      case 'address-book-entry':
        result.addressBooks.set(stored.accountId, (result.addressBooks.get(stored.accountId) ?? 0) + 1);
        break;
      case 'task':
        result.tasks.push(stored.task);
    }
  }
  return result;
}
