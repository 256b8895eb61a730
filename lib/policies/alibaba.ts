import type { Policy } from '../model/policy.ts';

/**
 * Alibaba Cloud ECS: shares go to accounts; a shared image is neither deleted nor deprecated.
 *
 * Sources: FAQ on shared images (2018); API reference ECS 2014-05-26 for deleting, deprecating, saving (CopyImage),
 * encrypted and whole images. The number of images is set per account by the cloud; 100 is its published default.
 */
export const alibabaPolicy = {
  name: 'alibaba',
  principalKind: 'account',
  recipientsPerImageMax: 50,
  imagesPerPrincipalMax: 100,
  deleteWhileShared: 'refuse',
  riskAcknowledgement: 'notice',
  recipientMaySave: true,
  recipientMayLeave: true,
  lightweightMayBeShared: true,
  pendingMayBeShared: true,
  dataDisksWhenShared: 'whole',
  encryptionsThatMayBeShared: ['none', 'customer'],
  ownerMayDeprecateWhileShared: false,
  imageId: { prefix: 'm-', length: 20 },
  instanceId: { prefix: 'i-', length: 20 },
} as const satisfies Policy;
