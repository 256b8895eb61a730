import type { Policy } from '../model/policy.ts';

/**
 * Tencent Cloud CVM: images are shared with main accounts. A shared image can't be deleted.
 *
 * Sources: help page "Sharing Custom Images" (2020), FAQ (2022), international docs; CVM API reference 2017-03-12 for
 * whole-machine and encrypted images, saving (SyncImages), and the quota of 500 images per account and region.
 */
export const tencentPolicy = {
  name: 'tencent',
  principalKind: 'account',
  recipientsPerImageMax: 50,
  imagesPerPrincipalMax: 500,
  deleteWhileShared: 'refuse',
  riskAcknowledgement: 'notice',
  recipientMaySave: true,
  recipientMayLeave: true,
  lightweightMayBeShared: true,
  pendingMayBeShared: false,
  dataDisksWhenShared: 'refused',
  encryptionsThatMayBeShared: ['none'],
  ownerMayDeprecateWhileShared: true,
  imageId: { prefix: 'img-', length: 8 },
  instanceId: { prefix: 'ins-', length: 8 },
} as const satisfies Policy;
