import type { Encryption } from './image.ts';
import type { PrincipalKind } from './principal.ts';

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
  /** Whether images that are still being made can be shared: recipients can use them once they are available. */
  readonly pendingMayBeShared: boolean;
  readonly dataDisksWhenShared: 'refused' | 'whole' | 'system-disk';
  readonly encryptionsThatMayBeShared: readonly Encryption[];
  readonly ownerMayDeprecateWhileShared: boolean;
  readonly imageId: IdForm;
  readonly instanceId: IdForm;
}
