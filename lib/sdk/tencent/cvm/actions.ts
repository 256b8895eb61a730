import type { Dialect } from '../../wire.ts';
import { syncImages } from './copies.ts';
import { describeImageFromFamily } from './families.ts';
import { describeImageQuota, describeImages } from './image-list.ts';
import { createImage, deleteImages, importImage, modifyImageAttribute } from './images.ts';
import { describeImportImageOs } from './import-os.ts';
import { describeInstances } from './instance-list.ts';
import { resetInstance, terminateInstances } from './instances.ts';
import { runInstances } from './launch.ts';
import { describeRegions, describeZones } from './places.ts';
import { describeImageSharePermission, modifyImageSharePermission } from './shares.ts';

/** The actions of CVM 2017-03-12. Source: the SDK for Node, tencentcloud-sdk-nodejs-cvm. */
export const cvmActions: Dialect['actions'] = {
  CreateImage: createImage,
  DeleteImages: deleteImages,
  DescribeImageFromFamily: describeImageFromFamily,
  DescribeImageQuota: describeImageQuota,
  DescribeImageSharePermission: describeImageSharePermission,
  DescribeImages: describeImages,
  DescribeImportImageOs: describeImportImageOs,
  DescribeInstances: describeInstances,
  DescribeRegions: describeRegions,
  DescribeZones: describeZones,
  ImportImage: importImage,
  ModifyImageAttribute: modifyImageAttribute,
  ModifyImageSharePermission: modifyImageSharePermission,
  ResetInstance: resetInstance,
  RunInstances: runInstances,
  SyncImages: syncImages,
  TerminateInstances: terminateInstances,
};
