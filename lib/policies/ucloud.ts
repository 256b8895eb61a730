import type { Policy } from '../model/policy.ts';

/**
 * UCloud UHost: shares go to projects, of the same account too; deleting a shared image withdraws it.
 *
 * Sources: help page "Share Images" for all but the number of images and the forms of ids, which follow the API
 * reference. The page says nothing of encrypted images, so none is refused.
 */
export const ucloudPolicy = {
  name: 'ucloud',
  principalKind: 'project',
  recipientsPerImageMax: 50,
  imagesPerPrincipalMax: 30,
  deleteWhileShared: 'withdraw',
  riskAcknowledgement: 'required',
  recipientMaySave: true,
  recipientMayLeave: false,
  lightweightMayBeShared: false,
  pendingMayBeShared: false,
  dataDisksWhenShared: 'system-disk',
  encryptionsThatMayBeShared: ['none', 'service', 'customer'],
  ownerMayDeprecateWhileShared: true,
  imageId: { prefix: 'uimage-', length: 12 },
  instanceId: { prefix: 'uhost-', length: 12 },
} as const satisfies Policy;
