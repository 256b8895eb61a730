import type { AccessKey } from '../model/access-key.ts';
import type { AddressBookEntry, AddressBookKey } from '../model/address-book.ts';
import type { CopyJob } from '../model/copy-job.ts';
import type { AccessKeyId, CopyJobKey, ImageKey, InstanceKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { ImagesToCount } from '../model/numbered-list.ts';
import type { IdempotencyRecord, Step } from '../model/plan.ts';
import { type Account, type Count, type Counted, counted, type PrincipalKind, type Project } from '../model/principal.ts';
import type { ChangeRecord, CleanUpTask } from '../model/record.ts';

/** The items that a decision needs, read in one strongly consistent batch. */
export interface Wanted {
  readonly images?: readonly ImageKey[];
  readonly accounts?: readonly PrincipalId[];
  readonly projects?: readonly PrincipalId[];
  readonly counts?: readonly CountKey[];
  readonly instances?: readonly InstanceKey[];
  readonly accessKeys?: readonly AccessKeyId[];
  readonly copyJobs?: readonly CopyJobKey[];
  readonly addressBookEntry?: AddressBookKey;
  /** Recipients whose share details are read, for the first image in `images`. */
  readonly shares?: readonly PrincipalId[];
  /** Key of the idempotency record. */
  readonly idempotencyKey?: string | undefined;
}

/** A principal in one region: resources are listed and counted by region. */
export interface RegionalPrincipal {
  readonly region: Region;
  readonly principal: PrincipalId;
}

/** Identifies a share. */
export interface ShareKey extends ImageKey {
  readonly recipient: PrincipalId;
}

/** Identifies a count. */
export interface CountKey extends RegionalPrincipal {
  readonly what: Counted;
}

/** The wanted items that exist. Deleted images are included, with `deletedAt`. */
export interface Facts {
  readonly images: readonly Image[];
  /** The first wanted image, if it exists. */
  readonly image: Image | undefined;
  readonly accounts: ReadonlyMap<PrincipalId, Account>;
  readonly projects: ReadonlyMap<PrincipalId, Project>;
  /** By `countName`. */
  readonly counts: ReadonlyMap<string, Count>;
  readonly instances: readonly Instance[];
  /** The first wanted instance, if it exists. */
  readonly instance: Instance | undefined;
  readonly accessKeys: ReadonlyMap<AccessKeyId, AccessKey>;
  readonly copyJobs: readonly CopyJob[];
  readonly addressBookEntry: AddressBookEntry | undefined;
  readonly shares: ReadonlyMap<PrincipalId, Share>;
  readonly idempotencyRecord: IdempotencyRecord | undefined;
}

export const countName = ({ what, region, principal }: CountKey): string => `${what}#${region}#${principal}`;

/** Returns the count, if it was read or returned by a failed condition; otherwise 0. */
export const usedOf = ({ counts }: Pick<Facts, 'counts'>, key: CountKey): number => counts.get(countName(key))?.used ?? 0;

/**
 * Returns the number of images of a principal, as far as it is known. Actions that create an image don't read it, so the first
 * decision gets 0. If the quota condition of the commit then fails, it returns the count, and the next decision gets that.
 */
export const knownImageCount = (facts: Pick<Facts, 'counts'>, place: RegionalPrincipal): number =>
  usedOf(facts, { what: 'images', region: place.region, principal: place.principal });

/** Returns the keys of all counts of a principal in these regions. */
export const countsIn = (regions: readonly Region[], principal: PrincipalId): CountKey[] =>
  regions.flatMap((region) => counted.map((what) => ({ what, region, principal })));

/** A request for one page: at most `limit` entries of the index, after the position where an earlier page ended. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A page can be short or even empty and still have a `next`. The list ends only if `next` is missing. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly next?: string;
}

/** A page with the position of each entry, after which another page can start. */
export interface PositionedPage<Entry> extends Page<Entry> {
  readonly positions: readonly string[];
}

/** A list that can be counted: owned images, or images shared with a principal. */
export type NumberedList = 'owned' | 'received';

/** Which entries of a list count. */
export interface ListedFilter extends ImagesToCount {
  /** Shares that have expired by this time don't count. */
  readonly now: Date;
}

export interface CountQuery extends ListedFilter {
  /** How many matches come before the page. */
  readonly skip: number;
  /** How many entries of the list are read at most. */
  readonly entriesMax: number;
}

export interface PositionedCount {
  readonly count: number;
  /** The position after the first `skip` matches. Absent if that is the start of the list, or if there are fewer. */
  readonly after?: string;
}

export interface RecordFilter {
  readonly region?: Region | undefined;
  readonly imageId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** The outcome of a commit. If a condition on the image or on counts failed, includes the current image or counts. */
export type Outcome = { readonly committed: true } | Refused;

export interface Refused {
  readonly committed: false;
  readonly image?: Image;
  readonly counts?: readonly (readonly [name: string, count: Count])[];
}

/** The nonce of a signed request, which identifies the request if it is received again. */
export interface NonceUse {
  readonly keyId: AccessKeyId;
  /** Chosen by the caller. */
  readonly nonce: string;
  /** A digest of the request that uses it. */
  readonly request: string;
  /** Random. Tells whether the use that is recorded is this one, when an attempt to record it took effect without an answer. */
  readonly id: string;
  readonly now: Date;
  /** When the nonce can be forgotten, in epoch seconds: not before the signature is too old to be accepted. */
  readonly until: number;
}

/** One item of a table scan. */
export type Stored =
  | { readonly of: 'image'; readonly image: Image }
  | { readonly of: 'share'; readonly share: Share }
  | { readonly of: 'count'; readonly key: CountKey; readonly count: Count }
  | { readonly of: 'instance'; readonly instance: Instance }
  | { readonly of: 'copy-job'; readonly job: CopyJob }
  | { readonly of: 'account'; readonly account: Account }
  | { readonly of: 'project'; readonly project: Project }
  | { readonly of: 'access-key'; readonly key: AccessKey }
  | { readonly of: 'address-book-entry'; readonly accountId: PrincipalId; readonly entry: AddressBookEntry }
  | { readonly of: 'task'; readonly task: CleanUpTask }
  | { readonly of: 'other' };

/**
 * The storage of the service. test/table verifies these promises for every implementation.
 *
 * Every method can throw Contention if the table is too busy, and ActionError Unavailable if it can't be reached. Methods with a
 * page throw ActionError InvalidRequest if the position is not the end of a page.
 */
export interface Store {
  /** Reads everything wanted, strongly consistent. */
  read(wanted: Wanted): Promise<Facts>;

  /** Reads one image, strongly consistent, with a single read. */
  image(key: ImageKey): Promise<Image | undefined>;

  /** Reads one access key, strongly consistent, with a single read. */
  accessKey(keyId: AccessKeyId): Promise<AccessKey | undefined>;

  /**
   * Records that the key signed a request, unless a use was recorded less than an hour ago or the key no longer exists. Never
   * waits for other writes to the key.
   */
  recordKeyUse(keyId: AccessKeyId, at: Date): Promise<void>;

  /** Records the nonce of a request with this key. Returns whether it is new, or which request it is already recorded for. */
  recordNonce(use: NonceUse): Promise<'new' | 'same-request' | 'other-request'>;

  /**
   * Commits all steps together, or none if a condition of one fails. Serializable: of two conflicting plans, only one is
   * committed.
   */
  commit(steps: readonly Step[]): Promise<Outcome>;

  /** Lists the details of all share items of the image, orphaned ones included. Strongly consistent, in no particular order. */
  sharesOf(key: ImageKey): Promise<readonly Share[]>;

  /** Reads the details of these shares, strongly consistent, in no particular order. Shares that don't exist are omitted. */
  shares(keys: readonly ShareKey[]): Promise<readonly Share[]>;

  /** Lists the IDs of images that the principal owns, newest first. Eventually consistent: read an image before showing it. */
  ownedImages(key: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>>;

  /** Lists the IDs of images shared with the principal, the latest share first. Eventually consistent, as above. */
  receivedImages(key: RegionalPrincipal, page: PageRequest, filter?: ListedFilter): Promise<PositionedPage<ImageKey>>;

  /**
   * Counts the entries of a list that match, and finds where a page starts. Reads only the list. Eventually consistent, as above.
   */
  countListed(list: NumberedList, key: RegionalPrincipal, query: CountQuery): Promise<PositionedCount>;

  /**
   * Lists the IDs of images that the principal owned and that were deleted at or after `since`, the latest first. Eventually
   * consistent, as above.
   */
  deletedImages(key: RegionalPrincipal, since: Date, page: PageRequest): Promise<Page<ImageKey>>;

  /** Lists the IDs of instances of the principal, newest first. Eventually consistent, as above. */
  instancesOf(key: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<InstanceKey>>;

  /** Lists the IDs of copy jobs of the principal, newest first. Eventually consistent, as above. */
  copyJobsOf(key: RegionalPrincipal, page: PageRequest): Promise<PositionedPage<CopyJobKey>>;

  /** Lists the IDs of the account's projects, including closed ones. Eventually consistent. */
  projectsOf(account: PrincipalId, page: PageRequest): Promise<Page<PrincipalId>>;

  /** Lists the address book of an account by ID. Strongly consistent. */
  addressBook(accountId: PrincipalId, page: PageRequest): Promise<PositionedPage<AddressBookEntry>>;

  /** Lists the principal's records, newest first. Eventually consistent. */
  records(
    principal: { principal: PrincipalId; kind: PrincipalKind },
    filter: RecordFilter,
    page: PageRequest,
  ): Promise<Page<ChangeRecord>>;

  /** Reads one record of an image, strongly consistent. */
  record(key: ImageKey, id: string): Promise<ChangeRecord | undefined>;

  /**
   * Records that the recipient launched an instance from the image, unless a use was recorded less than a minute ago or the
   * share no longer exists. Never waits for other writes to the share or the image.
   */
  recordUse(key: ImageKey, recipient: PrincipalId, at: Date): Promise<void>;

  /** Lists the tasks of one shard that are due at `until` (epoch seconds), earliest first, strongly consistent. */
  tasksDue(shard: number, until: number, page: PageRequest): Promise<Page<CleanUpTask>>;

  /** Scans the whole table, in no particular order. Each item is strongly consistent. */
  everything(): AsyncIterable<Stored>;

  /** Throws ActionError Unavailable if the table can't be read. */
  ping(): Promise<void>;
}

/** Number of partitions for clean-up tasks, to spread the load. */
export const taskShards = 8;

/** The table was too busy with other changes. The same call can succeed a moment later. */
export class Contention extends Error {
  override readonly name = 'Contention';
}
