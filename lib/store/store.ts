import type { Account, HolderKind, ImageQuota, Project } from '../model/holder.ts';
import type { HolderId, ImageKey, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { KeptAnswer, Step } from '../model/plan.ts';
import type { ChangeRecord, Due } from '../model/record.ts';
import type { Holdings } from '../rules/change-holders.ts';

/** What a decision needs to know. Read in one strongly consistent batch. */
export interface Wanted {
  readonly images?: readonly ImageKey[];
  readonly accounts?: readonly HolderId[];
  readonly projects?: readonly HolderId[];
  readonly quotas?: readonly QuotaKey[];
  /** Details of the shares of the first image in `images` with these recipients. */
  readonly shares?: readonly HolderId[];
  /** A holder to be closed: what it still owns is looked up, where its counts in `quotas` say that it owns something. */
  readonly closing?: HolderId;
  /** Key of the answer kept for a call with an `Idempotency-Key`. */
  readonly kept?: string;
}

export interface QuotaKey {
  readonly region: Region;
  readonly holder: HolderId;
}

/** What was found of what was wanted; what does not exist is absent. Images that ended are present, with `endedAt`. */
export interface Facts {
  readonly images: readonly Image[];
  /** The first image wanted, where it exists. */
  readonly image: Image | undefined;
  readonly accounts: ReadonlyMap<HolderId, Account>;
  readonly projects: ReadonlyMap<HolderId, Project>;
  /** By `quotaName`. */
  readonly quotas: ReadonlyMap<string, ImageQuota>;
  readonly shares: ReadonlyMap<HolderId, Share>;
  readonly kept: KeptAnswer | undefined;
  /** Only to decisions: what the holder to be closed still owns, absent when nothing. */
  readonly holdings?: Holdings | undefined;
}

export const quotaName = ({ region, holder }: QuotaKey): string => `${region}#${holder}`;

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
 * the holder's count of images, if it was that.
 */
export type Outcome = { readonly committed: true } | Refused;

export interface Refused {
  readonly committed: false;
  readonly image?: Image;
  readonly quota?: { readonly name: string; readonly quota: ImageQuota };
}

/** One stored item, for the check of the whole table. */
export type Stored =
  | { readonly of: 'image'; readonly image: Image }
  | { readonly of: 'share'; readonly share: Share }
  | { readonly of: 'quota'; readonly key: QuotaKey; readonly quota: ImageQuota }
  | { readonly of: 'account'; readonly account: Account }
  | { readonly of: 'project'; readonly project: Project }
  | { readonly of: 'due'; readonly due: Due }
  | { readonly of: 'other' };

/**
 * Where the service keeps what it knows. All implementations keep these promises; test/store holds them to it.
 *
 * Every method may throw `Contention` when the table is too busy, and ActionError Unavailable when it cannot be reached;
 * those that take a page, ActionError InvalidRequest for a position that no page ended at.
 */
export interface Store {
  /** Reads everything wanted, strongly consistent. */
  read(wanted: Wanted): Promise<Facts>;

  /** Reads one image, strongly consistent, as the only thing it does. */
  image(key: ImageKey): Promise<Image | undefined>;

  /**
   * Makes all steps true at once, or none when a condition of one does not hold. Serialisable: of two plans that cannot
   * both hold, one is refused.
   */
  commit(steps: readonly Step[]): Promise<Outcome>;

  /** Details of every share item of the image, backed by its map or not, strongly consistent. In no order. */
  sharesOf(key: ImageKey): Promise<readonly Share[]>;

  /** Ids of images that the holder owns, oldest first. Eventually consistent: whoever shows one reads it first. */
  ownedImages(key: QuotaKey, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of images that were shared with the holder, by time of sharing. Eventually consistent, as above. */
  receivedImages(key: QuotaKey, page: PageRequest): Promise<Page<ImageKey>>;

  /** Ids of the account's projects, closed ones too. Eventually consistent. */
  projectsOf(account: HolderId, page: PageRequest): Promise<Page<HolderId>>;

  /** The holder's records, newest first. Eventually consistent. */
  records(holder: { holder: HolderId; kind: HolderKind }, filter: RecordFilter, page: PageRequest): Promise<Page<ChangeRecord>>;

  /** Work of one shard that is due at `until` (epoch seconds), earliest first, strongly consistent. */
  due(shard: number, until: number, page: PageRequest): Promise<Page<Due>>;

  /** Everything, in no order, strongly consistent item by item. */
  everything(): AsyncIterable<Stored>;

  /** Throws ActionError Unavailable unless the table can be read. */
  ping(): Promise<void>;
}

/** Work for the clean-up lies in so many shards, so that no single partition takes all of it. */
export const dueShards = 8;

/** The table was too busy with other changes; the same call may go through a moment later. */
export class Contention extends Error {
  override readonly name = 'Contention';
}
