import type { Encryption } from './image.ts';
import type { PrincipalKind } from './principal.ts';

/** The format of an ID: the prefix, followed by `length` characters from a-z and 0-9. */
export interface IdForm {
  readonly prefix: string;
  readonly length: number;
}

/** The differences between clouds, as data: one read-only object per cloud. docs/rules.md has them as a table. */
export interface Policy {
  readonly name: string;
  readonly principalKind: PrincipalKind;
  /** The sharing limit. */
  readonly recipientsPerImageMax: number;
  /** The image quota, per region. */
  readonly imagesPerPrincipalMax: number;
  /** Whether deleting a shared image is refused, or also stops sharing it (`withdraw`). */
  readonly deleteWhileShared: 'refuse' | 'withdraw';
  /** Whether owners see a notice after they share an image, or must confirm it before. */
  readonly riskAcknowledgement: 'notice' | 'required';
  readonly recipientMaySave: boolean;
  readonly recipientMayLeave: boolean;
  readonly lightweightMayBeShared: boolean;
  /** Whether images that are still being made can be shared: recipients can use them once they are available. */
  readonly pendingMayBeShared: boolean;
  /** Whether recipients get an image with data disks in full (`whole`), only its system disk, or not at all. */
  readonly dataDisksWhenShared: 'refused' | 'whole' | 'system-disk';
  readonly encryptionsThatMayBeShared: readonly Encryption[];
  readonly ownerMayDeprecateWhileShared: boolean;
  readonly imageId: IdForm;
  readonly instanceId: IdForm;
}
