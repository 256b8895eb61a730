import * as z from 'zod';
import type { AccessKeyId, ImageKey, InstanceKey, PrincipalId } from './ids.ts';

/** The kind of principal that owns and receives images, set by the policy of the region. */
export type PrincipalKind = 'account' | 'project';

/** Who can share images with a principal: any owner, or only those that it trusts. */
export const AcceptedOwners = z.enum(['anyone', 'trusted']);
export type AcceptedOwners = z.infer<typeof AcceptedOwners>;

/** What an account or a project decides about owners who share images with it. */
export interface Acceptance {
  /** The owners whose shared images it trusts. Absent if it never specified any. */
  readonly trustedOwners?: readonly PrincipalId[];
  /** Absent: anyone. */
  readonly acceptsFrom?: AcceptedOwners;
  /** The owners whose shares it refuses in any case. Absent if it never specified any. */
  readonly blockedOwners?: readonly PrincipalId[];
}

/** The acceptance, if the principal never set it. */
export const acceptsAnyone: Required<Acceptance> = { trustedOwners: [], acceptsFrom: 'anyone', blockedOwners: [] };

export interface Account extends Acceptance {
  readonly accountId: PrincipalId;
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Date;
  /** The project that the account acts as if a request specifies none. Absent if the account has no open project. */
  readonly defaultProject?: PrincipalId;
  readonly openProjects: number;
  /** Access key IDs in alphabetical order. Absent if there are none. */
  readonly accessKeys?: readonly AccessKeyId[];
  /** The number of entries in the address book. Absent if there never was one. */
  readonly addressBookEntries?: number;
}

export interface Project extends Acceptance {
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
