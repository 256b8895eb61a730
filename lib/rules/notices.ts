import type { Policy } from '../model/policy.ts';

/** What whoever shares an image is told, and confirms where the policy requires it. Rule `share.acknowledge`. */
export const riskNotice =
  'Data and software in this image reach everyone you share it with, and from there servers and further images made from it. Share it only when it holds nothing sensitive.';

/** The notice in the answer to a share, where the policy does not have it confirmed instead. */
export const riskNoticeFor = (policy: Pick<Policy, 'riskAcknowledgement'>): { notice?: string } =>
  policy.riskAcknowledgement === 'notice' ? { notice: riskNotice } : {};

/** What stands with every listing of received images. Rule `received.trust`. */
export const trustNotice =
  'Images shared by others are neither audited nor tested; you use them at your own risk. Use images only of owners you trust, and check the first server you make from one.';
