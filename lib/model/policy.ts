import type { Encryption } from './image.ts';
import type { PrincipalKind } from './principal.ts';
import type { RuleSlug } from './rule-slug.ts';

/** The rules that can refuse a share, each policy in the order in which it answers them. */
export type SharingRefusal = Extract<
  RuleSlug,
  | 'share.custom-only'
  | 'share.lightweight'
  | 'share.data-disks'
  | 'share.encrypted'
  | 'share.expiry'
  | 'share.acknowledge'
  | 'share.not-self'
  | 'share.recipient-exists'
  | 'share.cap'
>;

/** Form of an id: the prefix, then so many characters of a-z0-9. */
export interface IdForm {
  readonly prefix: string;
  readonly length: number;
}

/** What differs between the regions of different clouds: data, one readonly object per cloud. */
export interface Policy {
  readonly name: string;
  readonly principalKind: PrincipalKind;
  readonly recipientsPerImageMax: number;
  readonly imagesPerPrincipalMax: number;
  /** Whether a delete of a shared image is refused, or takes the image from its recipients. */
  readonly deleteWhileShared: 'refuse' | 'withdraw';
  readonly riskAcknowledgement: 'notice' | 'required';
  readonly recipientMaySave: boolean;
  readonly recipientMayLeave: boolean;
  readonly lightweightMayBeShared: boolean;
  readonly dataDisksWhenShared: 'refused' | 'whole' | 'system-disk';
  readonly encryptionsThatMayBeShared: readonly Encryption[];
  readonly ownerMayDeprecateWhileShared: boolean;
  readonly imageId: IdForm;
  readonly instanceId: IdForm;
  readonly sharingRefusals: readonly SharingRefusal[];
}

/**
 * States the order in which a policy answers refusals; a misspelt, missing or doubled slug does not compile.
 */
export const inOrder = <const Slugs extends readonly SharingRefusal[]>(
  ...slugs: Slugs & (Exclude<SharingRefusal, Slugs[number]> extends never ? unknown : never)
): Slugs => slugs;
