import type { Policy } from '../model/policy.ts';

/**
 * UCloud UHost: images are shared with projects, including those of the same account. Deleting a shared image stops sharing it.
 *
 * Sources: help page "Share Images", except for the image quota and the ID formats, which follow the API reference. The page
 * does not mention encrypted images, so all of them can be shared.
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
