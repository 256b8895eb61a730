import type { AccessKeyId, ImageKey, InstanceKey, PrincipalId } from './ids.ts';

/** What owns and receives images in a region: its policy says which. */
export type PrincipalKind = 'account' | 'project';

export interface Account {
  readonly accountId: PrincipalId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
  /** The project an account acts as where it names none. Absent while it has no open project. */
  readonly defaultProject?: PrincipalId;
  readonly openProjects: number;
  /** The owners whose shared images the account trusts; absent while it has named none. */
  readonly trustedOwners?: readonly PrincipalId[];
  /** Its access keys, by id in alphabetical order; absent while it has none. */
  readonly accessKeys?: readonly AccessKeyId[];
}

export interface Project {
  readonly projectId: PrincipalId;
  readonly account: PrincipalId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
}

/** What is counted for each principal in each region. */
export const counted = ['images', 'instances'] as const;
export type Counted = (typeof counted)[number];

/** How many of them a principal has in one region. */
export interface Count {
  readonly used: number;
  /** How often it was counted up or down, so that a correction can tell whether it meets another change. */
  readonly changes: number;
}

/** What keeps a principal from being closed, named as far as the lists know it by now. */
export interface Holdings {
  readonly images: readonly ImageKey[];
  readonly instances: readonly InstanceKey[];
  readonly projects: readonly PrincipalId[];
}
