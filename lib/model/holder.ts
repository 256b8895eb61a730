import type { AccessKeyId, HolderId, ImageKey, InstanceKey } from './ids.ts';

/** What owns and receives images in a region: its policy says which. */
export type HolderKind = 'account' | 'project';

export interface Account {
  readonly accountId: HolderId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
  /** The project an account acts as where it names none. Absent while it has no open project. */
  readonly defaultProject?: HolderId;
  readonly openProjects: number;
  /** The owners whose shared images the account trusts; absent while it has named none. */
  readonly trustedOwners?: readonly HolderId[];
  /** Its access keys, by id in alphabetical order; absent while it has none. */
  readonly accessKeys?: readonly AccessKeyId[];
}

export interface Project {
  readonly projectId: HolderId;
  readonly account: HolderId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
}

/** What is counted for each holder in each region. */
export const counted = ['images', 'instances'] as const;
export type Counted = (typeof counted)[number];

/** How many of them a holder has in one region. */
export interface Count {
  readonly used: number;
  /** How often it was counted up or down, so that a correction can tell whether it meets another change. */
  readonly changes: number;
}

/** What keeps a holder from being closed, named as far as the lists know it by now. */
export interface Holdings {
  readonly images: readonly ImageKey[];
  readonly instances: readonly InstanceKey[];
  readonly projects: readonly HolderId[];
}
