import type { Policy } from '../model/policy.ts';

/**
 * Alibaba Cloud ECS: images are shared with accounts. A shared image can't be deleted or deprecated.
 *
 * Sources: shared images FAQ (2018); ECS API reference 2014-05-26 for deleting, deprecating, saving (CopyImage), and encrypted
 * and full images. Alibaba Cloud sets the image quota per account; 100 is the published default.
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
