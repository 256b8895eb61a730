import type { AccessKey } from '../model/access-key.ts';
import { type Account, type Count, type Counted, counted, type HolderKind, type Project } from '../model/holder.ts';
import type { AccessKeyId, HolderId, ImageKey, InstanceKey, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { KeptAnswer, Step } from '../model/plan.ts';
import type { ChangeRecord, Due } from '../model/record.ts';

/** What a decision needs to know. Read in one strongly consistent batch. */
export interface Wanted {
  readonly images?: readonly ImageKey[];
  readonly accounts?: readonly HolderId[];
  readonly projects?: readonly HolderId[];
  readonly counts?: readonly CountKey[];
  readonly instances?: readonly InstanceKey[];
  readonly accessKeys?: readonly AccessKeyId[];
  /** Details of the shares of the first image in `images` with these recipients. */
  readonly shares?: readonly HolderId[];
  /** Key of the answer kept for a call with an `Idempotency-Key`. */
  readonly kept?: string;
}

/** Where a holder has things: they are listed and counted by region. */
export interface HolderPlace {
  readonly region: Region;
  readonly holder: HolderId;
}

/** Names what is counted. */
export interface CountKey extends HolderPlace {
  readonly what: Counted;
}

/** What was found of what was wanted; what does not exist is absent. Images that ended are present, with `endedAt`. */
export interface Facts {
  readonly images: readonly Image[];
  /** The first image wanted, where it exists. */
  readonly image: Image | undefined;
  readonly accounts: ReadonlyMap<HolderId, Account>;
  readonly projects: ReadonlyMap<HolderId, Project>;
  /** By `countName`. */
  readonly counts: ReadonlyMap<string, Count>;
  readonly instances: readonly Instance[];
  /** The first instance wanted, where it exists. */
  readonly instance: Instance | undefined;
  readonly accessKeys: ReadonlyMap<AccessKeyId, AccessKey>;
  readonly shares: ReadonlyMap<HolderId, Share>;
  readonly kept: KeptAnswer | undefined;
}

export const countName = ({ what, region, holder }: CountKey): string => `${what}#${region}#${holder}`;

/** How many of the things there are, as far as was read, or told by a condition that failed; 0 where neither was. */
export const usedOf = ({ counts }: Pick<Facts, 'counts'>, key: CountKey): number => counts.get(countName(key))?.used ?? 0;

/** All that a holder has in the regions, as it is counted. */
export const countsIn = (regions: readonly Region[], holder: HolderId): CountKey[] =>
  regions.flatMap((region) => counted.map((what) => ({ what, region, holder })));

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
  | { readonly of: 'due'; readonly due: Due }
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
   * Makes all steps true at once, or none when a condition of one does not hold. Serialisable: of two plans that cannot
   * both hold, one is refused.
   */
  commit(steps: readonly Step[]): Promise<Outcome>;

  /** Details of every share item of the image, backed by its map or not, strongly consistent. In no order. */
  sharesOf(key: ImageKey): Promise<readonly Share[]>;

  /** Ids of images that the holder owns, oldest first. Eventually consistent: whoever shows one reads it first. */
  ownedImages(key: HolderPlace, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of images that were shared with the holder, by time of sharing. Eventually consistent, as above. */
  receivedImages(key: HolderPlace, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of images that the holder owned and that ended at `since` or later, by that time. Eventually consistent, as above. */
  endedImages(key: HolderPlace, since: Date, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of instances that the holder runs, oldest first. Eventually consistent, as above. */
  instancesOf(key: HolderPlace, page: PageRequest): Promise<Page<InstanceKey>>;

  /** Ids of the account's projects, closed ones too. Eventually consistent. */
  projectsOf(account: HolderId, page: PageRequest): Promise<Page<HolderId>>;

  /** The holder's records, newest first. Eventually consistent. */
  records(holder: { holder: HolderId; kind: HolderKind }, filter: RecordFilter, page: PageRequest): Promise<Page<ChangeRecord>>;

  /** One record of an image, strongly consistent. */
  record(key: ImageKey, id: string): Promise<ChangeRecord | undefined>;

  /**
   * Notes that the recipient has made a server from the image, unless that was noted less than a minute before. A share
   * that is not there any more is left alone. Never waits for other writes of the share or the image.
   */
  noteUse(key: ImageKey, recipient: HolderId, at: Date): Promise<void>;

  /** Work of one shard that is due at `until` (epoch seconds), earliest first, strongly consistent. */
  due(shard: number, until: number, page: PageRequest): Promise<Page<Due>>;

  /** Everything, in no order, strongly consistent item by item. */
  everything(): AsyncIterable<Stored>;

  /** Throws ActionError Unavailable unless the table can be read. */
  ping(): Promise<void>;
}

/** Uses of a share that come closer together than this are noted as one. */
export const usesApartMs = 60_000;

/** Work for the clean-up lies in so many shards, so that no single partition takes all of it. */
export const dueShards = 8;

/** The table was too busy with other changes; the same call may go through a moment later. */
export class Contention extends Error {
  override readonly name = 'Contention';
}
