import type { Dialect } from '../../wire.ts';
import { deleteBlueprints, describeBlueprints, modifyBlueprintAttribute } from './images.ts';
import { describeImagesToShare, modifyImageSharePermission } from './images-to-share.ts';
import {
  cancelShareBlueprintAcrossAccounts,
  describeBlueprintsShareAcrossAccountInfos,
  shareBlueprintAcrossAccounts,
} from './shares.ts';

/** The actions of Lighthouse 2020-03-24. Source: the SDKs for Node, tencentcloud-sdk-nodejs and -intl-en. */
export const lighthouseActions: Dialect['actions'] = {
  CancelShareBlueprintAcrossAccounts: cancelShareBlueprintAcrossAccounts,
  DeleteBlueprints: deleteBlueprints,
  DescribeBlueprints: describeBlueprints,
  DescribeBlueprintsShareAcrossAccountInfos: describeBlueprintsShareAcrossAccountInfos,
  DescribeImagesToShare: describeImagesToShare,
  ModifyBlueprintAttribute: modifyBlueprintAttribute,
  ModifyImageSharePermission: modifyImageSharePermission,
  ShareBlueprintAcrossAccounts: shareBlueprintAcrossAccounts,
};
