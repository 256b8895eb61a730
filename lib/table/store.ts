import type { AccessKey } from '../model/access-key.ts';
import type { AccessKeyId, ImageKey, InstanceKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { IdempotencyRecord, Step } from '../model/plan.ts';
import { type Account, type Count, type Counted, counted, type PrincipalKind, type Project } from '../model/principal.ts';
import type { ChangeRecord, CleanUpTask } from '../model/record.ts';

/** What a decision needs to know. Read in one strongly consistent batch. */
export interface Wanted {
  readonly images?: readonly ImageKey[];
  readonly accounts?: readonly PrincipalId[];
  readonly projects?: readonly PrincipalId[];
  readonly counts?: readonly CountKey[];
  readonly instances?: readonly InstanceKey[];
  readonly accessKeys?: readonly AccessKeyId[];
  /** Details of the shares of the first image in `images` with these recipients. */
  readonly shares?: readonly PrincipalId[];
  /** Key of the record of a call with an `Idempotency-Key`. */
  readonly idempotencyKey?: string | undefined;
}

/** Where a principal has things: they are listed and counted by region. */
export interface PrincipalPlace {
  readonly region: Region;
  readonly principal: PrincipalId;
}

/** Names what is counted. */
export interface CountKey extends PrincipalPlace {
  readonly what: Counted;
}

/** What was found of what was wanted; what does not exist is absent. Deleted images are present, with `deletedAt`. */
export interface Facts {
  readonly images: readonly Image[];
  /** The first image wanted, where it exists. */
  readonly image: Image | undefined;
  readonly accounts: ReadonlyMap<PrincipalId, Account>;
  readonly projects: ReadonlyMap<PrincipalId, Project>;
  /** By `countName`. */
  readonly counts: ReadonlyMap<string, Count>;
  readonly instances: readonly Instance[];
  /** The first instance wanted, where it exists. */
  readonly instance: Instance | undefined;
  readonly accessKeys: ReadonlyMap<AccessKeyId, AccessKey>;
  readonly shares: ReadonlyMap<PrincipalId, Share>;
  readonly idempotencyRecord: IdempotencyRecord | undefined;
}

export const countName = ({ what, region, principal }: CountKey): string => `${what}#${region}#${principal}`;

/** How many of the things there are, as far as was read, or told by a condition that failed; 0 where neither was. */
export const usedOf = ({ counts }: Pick<Facts, 'counts'>, key: CountKey): number => counts.get(countName(key))?.used ?? 0;

/** All that a principal has in the regions, as it is counted. */
export const countsIn = (regions: readonly Region[], principal: PrincipalId): CountKey[] =>
  regions.flatMap((region) => counted.map((what) => ({ what, region, principal })));

/** A part of a list: at most `limit` entries of the index, after the position that an earlier page ended at. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A page may be short or empty and yet have a `next`; only a missing `next` ends the list. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly next?: string;
}

/** A page of keys, with the position of each, after which another page can start. */
export interface KeyPage<Key> extends Page<Key> {
  readonly positions: readonly string[];
}

export interface RecordFilter {
  readonly region?: Region | undefined;
  readonly imageId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/**
 * What became of a plan's steps. When a condition failed: the image as it stood then, if it was the image's condition, and
 * the count, if it was that of one.
 */
export type Outcome = { readonly committed: true } | Refused;

export interface Refused {
  readonly committed: false;
  readonly image?: Image;
  readonly count?: { readonly name: string; readonly count: Count };
}

/** A text that a signed request carries so that it can be made once only. */
export interface NonceUse {
  readonly keyId: AccessKeyId;
  /** As the caller chose it. */
  readonly nonce: string;
  readonly now: Date;
  /** Until when the nonce is remembered, in epoch seconds: no earlier than the request itself is too old to be taken. */
  readonly until: number;
}

/** One stored item, for the check of the whole table. */
export type Stored =
  | { readonly of: 'image'; readonly image: Image }
  | { readonly of: 'share'; readonly share: Share }
  | { readonly of: 'count'; readonly key: CountKey; readonly count: Count }
  | { readonly of: 'instance'; readonly instance: Instance }
  | { readonly of: 'account'; readonly account: Account }
  | { readonly of: 'project'; readonly project: Project }
  | { readonly of: 'access-key'; readonly key: AccessKey }
  | { readonly of: 'task'; readonly task: CleanUpTask }
  | { readonly of: 'other' };

/**
 * Where the service keeps what it knows. All implementations keep these promises; test/table holds them to it.
 *
 * Every method may throw `Contention` when the table is too busy, and ActionError Unavailable when it cannot be reached;
 * those that take a page, ActionError InvalidRequest for a position that no page ended at.
 */
export interface Store {
  /** Reads everything wanted, strongly consistent. */
  read(wanted: Wanted): Promise<Facts>;

  /** Reads one image, strongly consistent, as the only thing it does. */
  image(key: ImageKey): Promise<Image | undefined>;

  /** Reads one access key, strongly consistent, as the only thing it does. */
  accessKey(keyId: AccessKeyId): Promise<AccessKey | undefined>;

  /** Notes that a request with the key carries the nonce. False where one did before and the nonce is still remembered. */
  noteNonce(use: NonceUse): Promise<boolean>;

  /**
   * Makes all steps true at once, or none when a condition of one does not hold. Serializable: of two plans that cannot
   * both hold, one is refused.
   */
  commit(steps: readonly Step[]): Promise<Outcome>;

  /** Details of every share item of the image, backed by its map or not, strongly consistent. In no order. */
  sharesOf(key: ImageKey): Promise<readonly Share[]>;

  /** Ids of images that the principal owns, newest first. Eventually consistent: whoever shows one reads it first. */
  ownedImages(key: PrincipalPlace, page: PageRequest): Promise<KeyPage<ImageKey>>;

  /** Ids of images that were shared with the principal, the latest share first. Eventually consistent, as above. */
  receivedImages(key: PrincipalPlace, page: PageRequest): Promise<KeyPage<ImageKey>>;

  /**
   * Ids of images that the principal owned and that were deleted at `since` or later, the latest first. Eventually
   * consistent, as above.
   */
  deletedImages(key: PrincipalPlace, since: Date, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of instances that the principal runs, newest first. Eventually consistent, as above. */
  instancesOf(key: PrincipalPlace, page: PageRequest): Promise<KeyPage<InstanceKey>>;

  /** Ids of the account's projects, closed ones too. Eventually consistent. */
  projectsOf(account: PrincipalId, page: PageRequest): Promise<Page<PrincipalId>>;

  /** The principal's records, newest first. Eventually consistent. */
  records(
    principal: { principal: PrincipalId; kind: PrincipalKind },
    filter: RecordFilter,
    page: PageRequest,
  ): Promise<Page<ChangeRecord>>;

  /** One record of an image, strongly consistent. */
  record(key: ImageKey, id: string): Promise<ChangeRecord | undefined>;

  /**
   * Notes that the recipient has made a server from the image, unless that was noted less than a minute before. A share
   * that is not there any more is left alone. Never waits for other writes of the share or the image.
   */
  noteUse(key: ImageKey, recipient: PrincipalId, at: Date): Promise<void>;

  /** Work of one shard that is due at `until` (epoch seconds), earliest first, strongly consistent. */
  tasksDue(shard: number, until: number, page: PageRequest): Promise<Page<CleanUpTask>>;

  /** Everything, in no order, strongly consistent item by item. */
  everything(): AsyncIterable<Stored>;

  /** Throws ActionError Unavailable unless the table can be read. */
  ping(): Promise<void>;
}

/** Uses of a share that come closer together than this are noted as one. */
export const usesApartMs = 60_000;

/** Work for the clean-up lies in so many shards, so that no single partition takes all of it. */
export const taskShards = 8;

/** The table was too busy with other changes; the same call may go through a moment later. */
export class Contention extends Error {
  override readonly name = 'Contention';
}
