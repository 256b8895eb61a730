import type { AccessKey } from '../../../lib/model/access-key.ts';
import type { AddressBookEntry } from '../../../lib/model/address-book.ts';
import type { AccessKeyId, CopyJobKey, ImageKey, InstanceKey, PrincipalId } from '../../../lib/model/ids.ts';
import { type Image, type Share, shareUseIntervalMs } from '../../../lib/model/image.ts';
import type { IdempotencyRecord, Step } from '../../../lib/model/plan.ts';
import type { PrincipalKind } from '../../../lib/model/principal.ts';
import type { ChangeRecord, CleanUpTask } from '../../../lib/model/record.ts';
import { recipientsCopies } from '../../../lib/rules/records.ts';
import { copyJobPosition } from '../../../lib/table/items/copy-job.ts';
import { deletedPosition, ownedPosition } from '../../../lib/table/items/image.ts';
import { instancePosition } from '../../../lib/table/items/instance.ts';
import { recordIdRange } from '../../../lib/table/items/record.ts';
import { receivedPosition } from '../../../lib/table/items/share.ts';
import { shardPartition, taskKey } from '../../../lib/table/items/task.ts';
import { recordPosition } from '../../../lib/table/positions.ts';
import {
  type CountQuery,
  countName,
  type Facts,
  type ListedFilter,
  type NonceUse,
  type NumberedList,
  type Outcome,
  type Page,
  type PageRequest,
  type PositionedCount,
  type PositionedPage,
  type RecordFilter,
  type Refused,
  type RegionalPrincipal,
  type ShareKey,
  type Store,
  type Stored,
  type Wanted,
} from '../../../lib/table/store.ts';
import { AccessKeysInMemory } from './access-keys.ts';
import { AddressBooksInMemory } from './address-books.ts';
import { CopyJobsInMemory } from './copy-jobs.ts';
import { CountsInMemory } from './counts.ts';
import { applyChange } from './image.ts';
import { InstancesInMemory } from './instances.ts';
import { countOf, getExisting, imagePageOf, isListed, pageOf } from './lists.ts';
import { PrincipalsInMemory } from './principals.ts';

const nameOf = ({ region, imageId }: ImageKey): string => `${region}#${imageId}`;

/** The store in memory, for tests. Keeps the same promises without lag: recipients get their copies of records immediately. */
export class MemoryStore implements Store {
  readonly #images = new Map<string, Image>();
  readonly #shares = new Map<string, Share>();
  readonly #counts = new CountsInMemory();
  readonly #instances = new InstancesInMemory();
  readonly #principals = new PrincipalsInMemory();
  readonly #accessKeys = new AccessKeysInMemory();
  readonly #copyJobs = new CopyJobsInMemory();
  readonly #addressBooks = new AddressBooksInMemory();
  readonly #idempotencyRecords = new Map<string, IdempotencyRecord>();
  readonly #records = new Map<string, ChangeRecord>();
  readonly #tasks = new Map<string, { shard: string; sort: string; task: CleanUpTask }>();

  async read(wanted: Wanted): Promise<Facts> {
    const {
      images = [],
      accounts = [],
      projects = [],
      counts = [],
      instances = [],
      accessKeys = [],
      copyJobs = [],
      addressBookEntry,
      shares = [],
      idempotencyKey,
    } = wanted;
    const [key] = images;
    return {
      images: images.flatMap((entry) => this.#images.get(nameOf(entry)) ?? []),
      image: key && this.#images.get(nameOf(key)),
      accounts: getExisting(accounts, (id) => this.#principals.accounts.get(id)),
      projects: getExisting(projects, (id) => this.#principals.projects.get(id)),
      counts: getExisting(counts.map(countName), (name) => this.#counts.get(name)),
      instances: instances.flatMap((entry) => this.#instances.get(entry) ?? []),
      instance: instances[0] && this.#instances.get(instances[0]),
      accessKeys: getExisting(accessKeys, (keyId) => this.#accessKeys.get(keyId)),
      copyJobs: copyJobs.flatMap((entry) => this.#copyJobs.get(entry) ?? []),
      addressBookEntry: addressBookEntry && this.#addressBooks.get(addressBookEntry),
      shares: key === undefined ? new Map() : getExisting(shares, (recipient) => this.#shares.get(shareName(key, recipient))),
      idempotencyRecord: idempotencyKey === undefined ? undefined : this.#idempotencyRecords.get(idempotencyKey),
    };
  }

  async image(key: ImageKey): Promise<Image | undefined> {
    return this.#images.get(nameOf(key));
  }

  async accessKey(keyId: AccessKeyId): Promise<AccessKey | undefined> {
    return this.#accessKeys.get(keyId);
  }

  async recordKeyUse(keyId: AccessKeyId, at: Date): Promise<void> {
    this.#accessKeys.recordUse(keyId, at);
  }

  async recordNonce(use: NonceUse): Promise<'new' | 'same-request' | 'other-request'> {
    return this.#accessKeys.recordNonce(use);
  }

  async commit(steps: readonly Step[]): Promise<Outcome> {
    if (!steps.every((step) => this.#holds(step))) {
      return { committed: false, ...this.#currentItems(steps.filter((step) => !this.#holds(step))) };
    }
    for (const step of steps) {
      this.#apply(step);
    }
    return { committed: true };
  }

  async sharesOf(key: ImageKey): Promise<readonly Share[]> {
    return [...this.#shares.values()].filter((share) => nameOf(share) === nameOf(key));
  }

  async shares(keys: readonly ShareKey[]): Promise<readonly Share[]> {
    return keys.flatMap((key) => this.#shares.get(shareName(key, key.recipient)) ?? []);
  }

  async ownedImages(key: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>> {
    return imagePageOf(this.#owned(key, filter), ownedPosition, page);
  }

  async receivedImages(key: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>> {
    return imagePageOf(this.#received(key, filter), receivedPosition, page);
  }

  async countListed(list: NumberedList, key: RegionalPrincipal, query: CountQuery): Promise<PositionedCount> {
    return list === 'owned'
      ? countOf(this.#owned(key, query), ownedPosition, query)
      : countOf(this.#received(key, query), receivedPosition, query);
  }

  #owned({ region, principal }: RegionalPrincipal, filter: ListedFilter | undefined): Image[] {
    return [...this.#images.values()].filter(
      (image) =>
        image.region === region &&
        image.owner === principal &&
        image.deletedAt === undefined &&
        (filter === undefined || isListed(image, filter)),
    );
  }

  #received({ region, principal }: RegionalPrincipal, filter: ListedFilter | undefined): Share[] {
    return [...this.#shares.values()].filter(
      (share) =>
        share.region === region && share.recipient === principal && (filter === undefined || isListed(share.listed, filter)),
    );
  }

  async deletedImages({ region, principal }: RegionalPrincipal, since: Date, page: PageRequest): Promise<Page<ImageKey>> {
    const deleted = [...this.#images.values()].flatMap((image) =>
      image.region === region && image.owner === principal && image.deletedAt !== undefined && image.deletedAt >= since
        ? [{ ...image, deletedAt: image.deletedAt }]
        : [],
    );
    return imagePageOf(deleted, deletedPosition, page);
  }

  async instancesOf({ region: home, principal }: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<InstanceKey>> {
    const matching = this.#instances.all().filter((one) => one.region === home && one.principal === principal);
    const { entries, ...rest } = pageOf(matching, instancePosition, page, true);
    return {
      ...rest,
      entries: entries.map(({ region, instanceId }) => ({ region, instanceId })),
      positions: entries.map(instancePosition),
    };
  }

  async copyJobsOf({ region, principal }: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<CopyJobKey>> {
    const matching = this.#copyJobs.all().filter((job) => job.region === region && job.owner === principal);
    const { entries, ...rest } = pageOf(matching, copyJobPosition, page, true);
    return {
      ...rest,
      entries: entries.map(({ region, jobId }) => ({ region, jobId })),
      positions: entries.map(copyJobPosition),
    };
  }

  async projectsOf(account: PrincipalId, page: PageRequest): Promise<Page<PrincipalId>> {
    const projects = [...this.#principals.projects.values()]
      .filter((project) => project.account === account)
      .map(({ projectId }) => projectId);
    return pageOf(projects, (id) => id, page);
  }

  async addressBook(accountId: PrincipalId, page: PageRequest): Promise<PositionedPage<AddressBookEntry>> {
    const { entries, ...rest } = pageOf(this.#addressBooks.of(accountId), ({ principalId }) => principalId, page);
    return { ...rest, entries, positions: entries.map(({ principalId }) => principalId) };
  }

  async records(
    { principal, kind }: { principal: PrincipalId; kind: PrincipalKind },
    filter: RecordFilter,
    page: PageRequest,
  ): Promise<Page<ChangeRecord>> {
    const [first, last] = recordIdRange(filter) ?? ['', '~'];
    const matching = [...this.#records.values()].filter(
      (record) => record.principal === principal && record.principalKind === kind && record.id >= first && record.id <= last,
    );
    const { entries, next } = pageOf(matching, (record) => recordPosition(record.id, record), page, true);
    const matches = entries.filter(
      (record) => (filter.region ?? record.region) === record.region && (filter.imageId ?? record.imageId) === record.imageId,
    );
    return { entries: matches, ...(next !== undefined && { next }) };
  }

  async record(key: ImageKey, id: string): Promise<ChangeRecord | undefined> {
    const record = this.#records.get(id);
    return record !== undefined && record.imageId === key.imageId && record.region === key.region ? record : undefined;
  }

  async recordUse(key: ImageKey, recipient: PrincipalId, at: Date): Promise<void> {
    const name = shareName(key, recipient);
    const share = this.#shares.get(name);
    const last = share?.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    if (share !== undefined && at.getTime() - last >= shareUseIntervalMs) {
      this.#shares.set(name, { ...share, lastUsedAt: at });
    }
  }

  async tasksDue(shard: number, until: number, page: PageRequest): Promise<Page<CleanUpTask>> {
    const due = [...this.#tasks.values()].filter((entry) => entry.shard === shardPartition(shard) && entry.task.dueAt <= until);
    const { entries, next } = pageOf(due, ({ sort }) => sort, page);
    return { entries: entries.map(({ task }) => task), ...(next !== undefined && { next }) };
  }

  async *everything(): AsyncIterable<Stored> {
    yield* [...this.#images.values()].map((image): Stored => ({ of: 'image', image }));
    yield* [...this.#shares.values()].map((share): Stored => ({ of: 'share', share }));
    yield* this.#counts.all().map((counted): Stored => ({ of: 'count', ...counted }));
    yield* this.#instances.all().map((instance): Stored => ({ of: 'instance', instance }));
    yield* [...this.#principals.accounts.values()].map((account): Stored => ({ of: 'account', account }));
    yield* [...this.#principals.projects.values()].map((project): Stored => ({ of: 'project', project }));
    yield* this.#accessKeys.all().map((key): Stored => ({ of: 'access-key', key }));
    yield* this.#copyJobs.all().map((job): Stored => ({ of: 'copy-job', job }));
    yield* this.#addressBooks.all().map((stored): Stored => ({ of: 'address-book-entry', ...stored }));
    yield* [...this.#tasks.values()].map(({ task }): Stored => ({ of: 'task', task }));
  }

  async ping(): Promise<void> {}

  /** Returns the current items that the failed steps expected to be different. */
  #currentItems(failing: readonly Step[]): Omit<Refused, 'committed'> {
    const change = failing.find((step) => step.do === 'change-image');
    const image = change && this.#images.get(nameOf(change.key));
    const names = failing.flatMap((step) => (step.do === 'count' ? [countName(step)] : []));
    const counts = [...getExisting(names, (name) => this.#counts.get(name))];
    return { ...(image && { image }), ...(counts.length > 0 && { counts }) };
  }

  #holds(step: Step): boolean {
    switch (step.do) {
      case 'create-image':
        return !this.#images.has(nameOf(step.image));
      case 'change-image':
        return applyChange(step, this.#images.get(nameOf(step.key))) !== undefined;
      case 'empty-deleted-image':
        return this.#images.get(nameOf(step.key))?.deletedAt !== undefined;
      case 'remove-share':
        return step.recordId === undefined || this.#shares.get(shareName(step.key, step.recipient))?.recordId === step.recordId;
      case 'count':
      case 'correct-count':
      case 'require-none':
        return this.#counts.holds(step);
      case 'require-open':
        return (
          (step.kind === 'account' ? this.#principals.accounts : this.#principals.projects).get(step.principal)?.state === 'open'
        );
      case 'put-idempotency-record': {
        const record = this.#idempotencyRecords.get(step.record.key);
        return record === undefined || record.expiresAt <= Math.floor(step.now.getTime() / 1_000);
      }
      case 'put-share':
      case 'update-share':
      case 'put-record':
      case 'schedule-clean-up':
      case 'remove-clean-up':
        return true;
      case 'create-instance':
      case 'reinstall-instance':
      case 'remove-instance':
        return this.#instances.holds(step);
      case 'create-access-key':
      case 'change-access-key':
      case 'remove-access-key':
        return this.#accessKeys.holds(step);
      case 'create-copy-job':
      case 'record-refused-shares':
        return this.#copyJobs.holds(step);
      case 'create-address-book-entry':
      case 'change-address-book-entry':
      case 'remove-address-book-entry':
        return this.#addressBooks.holds(step);
      default:
        return this.#principals.holds(step);
    }
  }

  #apply(step: Step): void {
    switch (step.do) {
      case 'create-image':
        this.#images.set(nameOf(step.image), step.image);
        return;
      case 'change-image':
        this.#images.set(nameOf(step.key), applyChange(step, this.#images.get(nameOf(step.key))) as Image);
        return;
      case 'empty-deleted-image':
        this.#images.set(nameOf(step.key), { ...(this.#images.get(nameOf(step.key)) as Image), recipients: {} });
        return;
      case 'put-share':
        this.#shares.set(shareName(step.share, step.share.recipient), step.share);
        return;
      case 'update-share': {
        const name = shareName(step.share, step.share.recipient);
        this.#shares.set(name, { ...(this.#shares.get(name) ?? step.share), listed: step.share.listed });
        return;
      }
      case 'remove-share':
        this.#shares.delete(shareName(step.key, step.recipient));
        return;
      case 'count':
      case 'correct-count':
      case 'require-none':
        this.#counts.apply(step);
        return;
      case 'put-record':
        for (const record of [step.record, ...recipientsCopies(step.record)]) {
          this.#records.set(record.id, record);
        }
        return;
      case 'schedule-clean-up': {
        const { PK: shard, SK: sort } = taskKey(step.task);
        this.#tasks.set(`${shard} ${sort}`, { shard, sort, task: step.task });
        return;
      }
      case 'remove-clean-up': {
        const { PK: shard, SK: sort } = taskKey(step.task);
        this.#tasks.delete(`${shard} ${sort}`);
        return;
      }
      case 'put-idempotency-record':
        this.#idempotencyRecords.set(step.record.key, step.record);
        return;
      case 'require-open':
        return;
      case 'create-instance':
      case 'reinstall-instance':
      case 'remove-instance':
        this.#instances.apply(step);
        return;
      case 'create-access-key':
      case 'change-access-key':
      case 'remove-access-key':
        this.#accessKeys.apply(step);
        return;
      case 'create-copy-job':
      case 'record-refused-shares':
        this.#copyJobs.apply(step);
        return;
      case 'create-address-book-entry':
      case 'change-address-book-entry':
      case 'remove-address-book-entry':
        this.#addressBooks.apply(step);
        return;
      default:
        this.#principals.apply(step);
    }
  }
}

const shareName = (key: ImageKey, recipient: PrincipalId): string => `${nameOf(key)}#${recipient}`;
