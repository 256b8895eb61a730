import type { Policy } from '../model/policy.ts';

/** What whoever shares an image is told, and confirms where the policy requires it. Rule `share.acknowledge`. */
export const riskNotice =
  'Recipients can launch instances from this image and create their own images from those instances. Make sure that it contains no sensitive data or software.';

/** The notice in the response to a share, in policies that do not require an acknowledgement. */
export const riskNoticeFor = (policy: Pick<Policy, 'riskAcknowledgement'>): { notice?: string } =>
  policy.riskAcknowledgement === 'notice' ? { notice: riskNotice } : {};

/** What stands with every listing of received images. Rule `received.trust`. */
export const trustNotice =
  "Shared images aren't verified for integrity or security. Use images only from owners you trust, and check the first instance that you launch.";
