import type { AccessKey, AccessKeyState } from './access-key.ts';
import type { AccessKeyId, ImageId, ImageKey, InstanceKey, PrincipalId, Region } from './ids.ts';
import type { Image, Recipients, Share } from './image.ts';
import type { Instance } from './instance.ts';
import type { Account, Counted, PrincipalKind, Project } from './principal.ts';
import type { ChangeRecord, CleanUpTask } from './record.ts';

/**
 * Facts about an image that must hold when a plan is committed; none of them is a version number, so changes that do
 * not touch each other do not refuse each other. That the image exists and is not deleted is always expected.
 */
export interface ImageExpectation {
  readonly state?: Image['state'];
  /** These entries stand in the map with these ends. */
  readonly entries?: Recipients;
  /** These recipients have no entry. */
  readonly absent?: readonly PrincipalId[];
  readonly entriesAtMost?: number;
  /** The map is exactly this one. */
  readonly exactly?: Recipients;
  /** The details are those of this revision. */
  readonly detailsRevision?: number;
}

export interface ImageChange {
  readonly details?: Partial<Pick<Image, 'name' | 'description' | 'tags' | 'products' | 'state' | 'stateReason'>>;
  readonly entries?: Recipients;
  readonly drop?: readonly PrincipalId[];
  readonly deletedAt?: Date;
}

/** The result of a call that carried an `Idempotency-Key`, returned again when the call is repeated. */
export interface IdempotencyRecord {
  /** The caller's scope and its key. */
  readonly key: string;
  readonly hash: string;
  readonly result: unknown;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A write of an image or its shares. */
type ImageStep =
  /** Holds when no image, not even a deleted one, has the id. */
  | { readonly do: 'create-image'; readonly image: Image }
  | {
      readonly do: 'change-image';
      readonly key: ImageKey;
      readonly owner: PrincipalId;
      readonly expect: ImageExpectation;
      readonly change: ImageChange;
      /** The records of the change: the last one's id, and how many. Absent: what is written is no change of the image. */
      readonly records?: { readonly lastId: string; readonly count: number };
    }
  | { readonly do: 'empty-deleted-image'; readonly key: ImageKey }
  | { readonly do: 'put-share'; readonly share: Share }
  /** With `recordId`: removes that share only, and holds only while it is there. */
  | { readonly do: 'remove-share'; readonly key: ImageKey; readonly recipient: PrincipalId; readonly recordId?: string }
  | {
      readonly do: 'count';
      readonly what: Counted;
      readonly region: Region;
      readonly principal: PrincipalId;
      readonly by: number;
      readonly atMost?: number;
    }
  /** Sets a count that was found wrong; holds only while nothing was counted since it was seen. */
  | {
      readonly do: 'correct-count';
      readonly what: Counted;
      readonly region: Region;
      readonly principal: PrincipalId;
      readonly seenChanges: number;
      readonly used: number;
    };

/** A write of an instance. */
export type InstanceStep =
  /** Holds when no instance has the id. */
  | { readonly do: 'create-instance'; readonly instance: Instance }
  /** Holds while it is there and was made from `madeFrom`. */
  | { readonly do: 'reinstall-instance'; readonly instance: Instance; readonly madeFrom: ImageId }
  /** Holds while it is there. */
  | { readonly do: 'remove-instance'; readonly key: InstanceKey };

/** A write of an account or a project. Unless it says otherwise, each but the creating ones holds only while it is open. */
export type PrincipalStep =
  | { readonly do: 'create-account'; readonly account: Account }
  | { readonly do: 'rename-account'; readonly accountId: PrincipalId; readonly name: string }
  | { readonly do: 'set-trusted-owners'; readonly accountId: PrincipalId; readonly owners: readonly PrincipalId[] }
  /** Holds when the account has no open project, and no access keys but these, which go with it. */
  | { readonly do: 'close-account'; readonly accountId: PrincipalId; readonly accessKeys?: readonly AccessKeyId[] }
  /** Names the key in its account, which is to have at most so many of them. */
  | { readonly do: 'adopt-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId; readonly atMost: number }
  /** The opposite: holds while the account, open or not, names the key. */
  | { readonly do: 'drop-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId }
  | { readonly do: 'create-project'; readonly project: Project }
  /** Counts the project in its account, and makes it the default one when it is to be, or there is none. */
  | { readonly do: 'add-project'; readonly project: Project; readonly isDefault?: boolean }
  /** Makes it the account's default one. */
  | { readonly do: 'choose-project'; readonly accountId: PrincipalId; readonly projectId: PrincipalId }
  /** Sets a count that was found wrong; holds only while it stands as it was seen. */
  | { readonly do: 'correct-projects'; readonly accountId: PrincipalId; readonly seen: number; readonly openProjects: number }
  | { readonly do: 'rename-project'; readonly projectId: PrincipalId; readonly name: string }
  | { readonly do: 'close-project'; readonly projectId: PrincipalId }
  /** `wasDefault` is what the plan was made on, and is held to. */
  | {
      readonly do: 'remove-project';
      readonly accountId: PrincipalId;
      readonly projectId: PrincipalId;
      readonly wasDefault: boolean;
    };

/** A write of an access key. */
export type AccessKeyStep =
  /** Holds when no key has the id. */
  | { readonly do: 'create-access-key'; readonly key: AccessKey }
  /** Holds while it is there and belongs to the account. */
  | {
      readonly do: 'change-access-key';
      readonly accountId: PrincipalId;
      readonly keyId: AccessKeyId;
      readonly state: AccessKeyState;
    }
  /** Holds unless it belongs to another account. */
  | { readonly do: 'remove-access-key'; readonly accountId: PrincipalId; readonly keyId: AccessKeyId };

/** A write or a condition beside the things themselves. */
type SideStep =
  | { readonly do: 'require-open'; readonly principal: PrincipalId; readonly kind: PrincipalKind }
  /** Holds when the principal has none in the region. */
  | { readonly do: 'require-none'; readonly what: Counted; readonly region: Region; readonly principal: PrincipalId }
  | { readonly do: 'put-record'; readonly record: ChangeRecord }
  | { readonly do: 'schedule-clean-up'; readonly task: CleanUpTask }
  | { readonly do: 'remove-clean-up'; readonly task: CleanUpTask }
  /** Holds when there is no record under the key, or an expired one. */
  | { readonly do: 'put-idempotency-record'; readonly record: IdempotencyRecord; readonly now: Date };

/**
 * One conditional write. The steps of a plan are made true together or not at all; when a condition does not hold, the
 * facts are read again and the rules decide anew.
 */
export type Step = ImageStep | InstanceStep | PrincipalStep | AccessKeyStep | SideStep;

/** What a decision leads to: the writes to commit together, and the result once they are committed. */
export interface Plan<Result> {
  readonly steps: readonly Step[];
  readonly result: Result;
}

/**
 * How many steps a plan can have. Each is an item of one DynamoDB transaction, which takes 100; one of them may be the call's
 * idempotency record.
 */
export const stepsPerPlanMax = 99;
