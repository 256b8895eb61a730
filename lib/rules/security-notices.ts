import type { Policy } from '../model/policy.ts';

/** The notice for owners who share an image. They must confirm it if the policy requires it. Rule `share.acknowledge`. */
export const riskNotice =
  'Recipients can launch instances from this image and create their own images from those instances. Make sure that it contains no sensitive data or software.';

/** The notice in the response to a share, unless the policy requires confirmation instead. */
export const riskNoticeFor = (policy: Pick<Policy, 'riskAcknowledgement'>): { notice?: string } =>
  policy.riskAcknowledgement === 'notice' ? { notice: riskNotice } : {};

/** The notice in every list of shared images. Rule `received.trust`. */
export const trustNotice =
  "Shared images aren't verified for integrity or security. Use images only from owners you trust, and check the first instance that you launch.";
