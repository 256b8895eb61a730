import type { ErrorCode } from './error.ts';
import type { CopyJobKey, ImageId, ImageKey, PrincipalId, Region } from './ids.ts';
import type { RuleSlug } from './rule-slug.ts';

/** Why a planned share was not created. */
export interface RefusedShare {
  readonly recipient: PrincipalId;
  readonly code: ErrorCode;
  readonly rule?: RuleSlug;
  readonly reason: string;
}

/**
 * An owner's order to copy an image to several regions and to share the copies. How far it has come is in the copies themselves:
 * in their states, recipients, and planned shares.
 */
export interface CopyJob extends CopyJobKey {
  /** The owner of the image, for whom the job is listed. */
  readonly owner: PrincipalId;
  /** The image that is copied. It is in the region of the job. */
  readonly imageId: ImageId;
  /** At most one in each region. */
  readonly copies: readonly ImageKey[];
  readonly recipients: readonly PrincipalId[];
  /** When the shares expire, in epoch seconds, 0 for never. */
  readonly endsAt: number;
  readonly riskAcknowledged: boolean;
  /** The actor that started the job and is recorded as the one who shared the copies. */
  readonly startedBy: string;
  readonly createdAt: Date;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** By the region of the copy. */
  readonly refused: Readonly<Record<Region, readonly RefusedShare[]>>;
}
