import type { AccessKeyId, ImageKey, InstanceKey, PrincipalId } from './ids.ts';

/** The kind of principal that owns and receives images, set by the policy of the region. */
export type PrincipalKind = 'account' | 'project';

export interface Account {
  readonly accountId: PrincipalId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
  /** The project that the account acts as if a request specifies none. Absent if the account has no open project. */
  readonly defaultProject?: PrincipalId;
  readonly openProjects: number;
  /** The owners whose shared images the account trusts. Absent if it never specified any. */
  readonly trustedOwners?: readonly PrincipalId[];
  /** Access key IDs in alphabetical order. Absent if there are none. */
  readonly accessKeys?: readonly AccessKeyId[];
  /** The number of entries in the address book. Absent if there never was one. */
  readonly addressBookEntries?: number;
}

export interface Project {
  readonly projectId: PrincipalId;
  readonly account: PrincipalId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
}

/** The resources that are counted per principal and region. */
export const counted = ['images', 'instances'] as const;
export type Counted = (typeof counted)[number];

/** A principal's count of one resource in one region. */
export interface Count {
  readonly used: number;
  /** How often the count has changed. Lets a correction detect concurrent changes. */
  readonly changes: number;
}

/** What a principal still owns, so that it can't be closed. Listed from the index, which can lag behind. */
export interface Holdings {
  readonly images: readonly ImageKey[];
  readonly instances: readonly InstanceKey[];
  readonly projects: readonly PrincipalId[];
}
