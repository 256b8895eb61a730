import type { AccessKey, AccessKeyState } from './access-key.ts';
import type { AddressBookEntry, AddressBookKey } from './address-book.ts';
import type { CopyJob, RefusedShare } from './copy-job.ts';
import type { AccessKeyId, CopyJobKey, ImageId, ImageKey, InstanceKey, PrincipalId, Region } from './ids.ts';
import type { Image, PlannedShares, Recipients, Share } from './image.ts';
import type { Instance } from './instance.ts';
import type { Acceptance, Account, Counted, PrincipalKind, Project } from './principal.ts';
import type { ChangeRecord, CleanUpTask } from './record.ts';

/**
 * Conditions on an image when a plan is committed. None of them is a version number, so independent changes do not conflict. The
 * image must always exist and not be deleted.
 */
export interface ImageExpectation {
  readonly state?: Image['state'];
  readonly products?: Image['products'];
  /** Recipients that the image must have, each with this expiration. */
  readonly entries?: Recipients;
  /** Principals that must not be recipients, not even expired ones. */
  readonly absent?: readonly PrincipalId[];
  /** Maximum numbers before the change: of recipients whose share expires or has expired, and of others. */
  readonly entriesAtMost?: { readonly expiring: number; readonly permanent: number };
  /** All recipients, expired ones included. */
  readonly exactly?: Recipients;
  /** The planned shares, which must be unchanged. */
  readonly plannedShares?: PlannedShares;
  /** Required value of `detailsRevision`. */
  readonly detailsRevision?: number;
}

export interface ImageChange {
  readonly details?: Partial<Pick<Image, 'name' | 'description' | 'tags' | 'products' | 'state' | 'stateReason'>>;
  /**
   * Recipients that are added, or get a new expiration. Those that get a new one must be in the expectation. If others whose share
   * doesn't expire are removed as well, the expectation must be `exactly`.
   */
  readonly entries?: Recipients;
  /** Recipients that are removed. */
  readonly drop?: readonly PrincipalId[];
  /** The remaining planned shares, or null if none remain. */
  readonly plannedShares?: PlannedShares | null;
  readonly deletedAt?: Date;
}

/** The result of a call with an `Idempotency-Key`, returned if the call is repeated. */
export interface IdempotencyRecord {
  /** Digest of the caller and its Idempotency-Key. */
  readonly key: string;
  readonly hash: string;
  readonly result: unknown;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A write to an image, its shares, or the resource counts. */
type ImageStep =
  /** Requires that no image, deleted or not, has the ID. */
  | { readonly do: 'create-image'; readonly image: Image }
  | {
      readonly do: 'change-image';
      readonly key: ImageKey;
      readonly owner: PrincipalId;
      readonly expect: ImageExpectation;
      readonly change: ImageChange;
      /**
       * Number of change records, and the ID of the last. Absent for writes that don't change the image itself, such as repairs.
       */
      readonly records?: { readonly lastId: string; readonly count: number };
    }
  | { readonly do: 'empty-deleted-image'; readonly key: ImageKey }
  | { readonly do: 'put-share'; readonly share: Share }
  /** Sets `listed` of the share. If the item is missing, creates all of it. */
  | { readonly do: 'update-share'; readonly share: Share }
  /** With `recordId`: removes only the share that this change created, and requires that it still exists. */
  | { readonly do: 'remove-share'; readonly key: ImageKey; readonly recipient: PrincipalId; readonly recordId?: string }
  | {
      readonly do: 'count';
      readonly what: Counted;
      readonly region: Region;
      readonly principal: PrincipalId;
      readonly by: number;
      readonly atMost?: number;
    }
  /** Corrects a wrong count. Requires that it has not changed since it was read. */
  | {
      readonly do: 'correct-count';
      readonly what: Counted;
      readonly region: Region;
      readonly principal: PrincipalId;
      readonly seenChanges: number;
      readonly used: number;
    };

/** A write to an instance. */
export type InstanceStep =
  /** Requires that no instance has the ID. */
  | { readonly do: 'create-instance'; readonly instance: Instance }
  /** Requires that the instance exists and was created from `madeFrom`. */
  | { readonly do: 'reinstall-instance'; readonly instance: Instance; readonly madeFrom: ImageId }
  /** Requires that the instance exists. */
  | { readonly do: 'remove-instance'; readonly key: InstanceKey };

/** A write to an account or a project. Unless stated otherwise, all but the `create-` steps require that it is open. */
export type PrincipalStep =
  | { readonly do: 'create-account'; readonly account: Account }
  | { readonly do: 'rename-account'; readonly accountId: PrincipalId; readonly name: string }
  /** Sets the fields that `acceptance` has. */
  | {
      readonly do: 'set-acceptance';
      readonly principal: PrincipalId;
      readonly kind: PrincipalKind;
      readonly acceptance: Acceptance;
    }
  /**
   * Requires that the account has no open project and exactly these access keys. Clears their list, and the count of the address
   * book.
   */
  | { readonly do: 'close-account'; readonly accountId: PrincipalId; readonly accessKeys?: readonly AccessKeyId[] }
  /** Adds the key to the list of its account. The account must have fewer than `atMost` keys. */
  | { readonly do: 'list-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId; readonly atMost: number }
  /** Removes the key from the list. Requires that the account, open or closed, lists it. */
  | { readonly do: 'unlist-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId }
  /**
   * Counts an entry of the address book that is added (1) or removed (-1). Before it is added, there must be fewer than `atMost`.
   */
  | { readonly do: 'count-address-book'; readonly accountId: PrincipalId; readonly by: 1; readonly atMost: number }
  | { readonly do: 'count-address-book'; readonly accountId: PrincipalId; readonly by: -1 }
  /** Corrects a wrong count. Requires that it is still `seen`. */
  | {
      readonly do: 'correct-address-book-count';
      readonly accountId: PrincipalId;
      readonly seen: number;
      readonly entries: number;
    }
  | { readonly do: 'create-project'; readonly project: Project }
  /** Counts the project in its account. Makes it the default project if `isDefault` is set or there is no default yet. */
  | { readonly do: 'add-project'; readonly project: Project; readonly isDefault?: boolean }
  /** Makes the project the default of the account. */
  | { readonly do: 'set-default-project'; readonly accountId: PrincipalId; readonly projectId: PrincipalId }
  /** Corrects a wrong count. Requires that it is still `seen`. */
  | {
      readonly do: 'correct-project-count';
      readonly accountId: PrincipalId;
      readonly seen: number;
      readonly openProjects: number;
    }
  | { readonly do: 'rename-project'; readonly projectId: PrincipalId; readonly name: string }
  | { readonly do: 'close-project'; readonly projectId: PrincipalId }
  /** Requires that the project is (`wasDefault`) or isn't the default of the account. */
  | {
      readonly do: 'remove-project';
      readonly accountId: PrincipalId;
      readonly projectId: PrincipalId;
      readonly wasDefault: boolean;
    };

/** A write to an access key. */
export type AccessKeyStep =
  /** Requires that no key has the ID. */
  | { readonly do: 'create-access-key'; readonly key: AccessKey }
  /** Requires that the key exists and belongs to the account. */
  | {
      readonly do: 'change-access-key';
      readonly accountId: PrincipalId;
      readonly keyId: AccessKeyId;
      readonly state: AccessKeyState;
    }
  /** Requires that the key belongs to the account or does not exist. */
  | { readonly do: 'remove-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId };

/** A write to a copy job. */
export type CopyJobStep =
  /** Requires that no job has the ID. */
  | { readonly do: 'create-copy-job'; readonly job: CopyJob }
  /** Records which planned shares of the copy in `region` were refused. Requires that the job exists. */
  | {
      readonly do: 'record-refused-shares';
      readonly key: CopyJobKey;
      readonly region: Region;
      readonly refused: readonly RefusedShare[];
    };

/** A write to an address book. The count of its entries is another step. */
export type AddressBookStep =
  /** Requires that there is no entry for the ID. */
  | { readonly do: 'create-address-book-entry'; readonly accountId: PrincipalId; readonly entry: AddressBookEntry }
  /** Requires that there is an entry for the ID. */
  | { readonly do: 'change-address-book-entry'; readonly accountId: PrincipalId; readonly entry: AddressBookEntry }
  /** Requires that the entry exists. */
  | { readonly do: 'remove-address-book-entry'; readonly key: AddressBookKey };

/** A bookkeeping write, or a condition without a write. */
type SideStep =
  | { readonly do: 'require-open'; readonly principal: PrincipalId; readonly kind: PrincipalKind }
  /** Requires that the principal's count is zero in the region. */
  | { readonly do: 'require-none'; readonly what: Counted; readonly region: Region; readonly principal: PrincipalId }
  | { readonly do: 'put-record'; readonly record: ChangeRecord }
  | { readonly do: 'schedule-clean-up'; readonly task: CleanUpTask }
  | { readonly do: 'remove-clean-up'; readonly task: CleanUpTask }
  /** Requires that there is no record with the key, or only an expired one. */
  | { readonly do: 'put-idempotency-record'; readonly record: IdempotencyRecord; readonly now: Date };

/**
 * One conditional write. All steps of a plan are committed together or not at all. If a condition fails, the facts are read
 * again and the rules decide again.
 */
export type Step = ImageStep | InstanceStep | PrincipalStep | AccessKeyStep | AddressBookStep | CopyJobStep | SideStep;

/** The outcome of a decision: the writes to commit together, and the result to return once they are committed. */
export interface Plan<Result> {
  readonly steps: readonly Step[];
  readonly result: Result;
}

/**
 * Maximum number of steps in a plan. Each step is one item of a DynamoDB transaction, which can have 100; one is reserved for
 * the idempotency record.
 */
export const stepsPerPlanMax = 99;
