import type { Encryption } from './image.ts';
import type { PrincipalKind } from './principal.ts';

/** The format of an ID: the prefix, followed by `length` characters from a-z and 0-9. */
export interface IdForm {
  readonly prefix: string;
  readonly length: number;
}

/** The differences between clouds, as data: one read-only object per cloud. */
export interface Policy {
  readonly name: string;
  readonly principalKind: PrincipalKind;
  readonly recipientsPerImageMax: number;
  readonly imagesPerPrincipalMax: number;
  /** Whether deleting a shared image is refused, or also stops sharing it (`withdraw`). */
  readonly deleteWhileShared: 'refuse' | 'withdraw';
  readonly riskAcknowledgement: 'notice' | 'required';
  readonly recipientMaySave: boolean;
  readonly recipientMayLeave: boolean;
  readonly lightweightMayBeShared: boolean;
  /** Whether images that are still being made can be shared: recipients can use them once they are available. */
  readonly pendingMayBeShared: boolean;
  readonly dataDisksWhenShared: 'refused' | 'whole' | 'system-disk';
  readonly encryptionsThatMayBeShared: readonly Encryption[];
  readonly ownerMayDeprecateWhileShared: boolean;
  readonly imageId: IdForm;
  readonly instanceId: IdForm;
}
