import type { Dialect } from '../wire.ts';
import { copyImage } from './copies.ts';
import { describeDisks, reInitDisk, replaceSystemDisk } from './disks.ts';
import { describeImages } from './image-list.ts';
import { createImage, deleteImage, importImage, modifyImageAttribute } from './images.ts';
import { describeInstances } from './instance-list.ts';
import { deleteInstance, runInstances } from './instances.ts';
import { describeRegions } from './regions.ts';
import { describeImageSharePermission, modifyImageSharePermission } from './shares.ts';

/** The supported actions of ECS 2014-05-26. */
export const ecsActions: Dialect['actions'] = {
  ModifyImageSharePermission: modifyImageSharePermission,
  DescribeImageSharePermission: describeImageSharePermission,
  DescribeImages: describeImages,
  CopyImage: copyImage,
  DeleteImage: deleteImage,
  CreateImage: createImage,
  ImportImage: importImage,
  ModifyImageAttribute: modifyImageAttribute,
  RunInstances: runInstances,
  ReplaceSystemDisk: replaceSystemDisk,
  ReInitDisk: reInitDisk,
  DescribeInstances: describeInstances,
  DeleteInstance: deleteInstance,
  DescribeDisks: describeDisks,
  DescribeRegions: describeRegions,
};
