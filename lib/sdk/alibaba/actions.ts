import type { Dialect } from '../wire.ts';
import { cancelCopyImage, copyImage } from './copies.ts';
import { describeDisks, reInitDisk, replaceSystemDisk } from './disks.ts';
import { describeImages } from './image-list.ts';
import { createImage, deleteImage, importImage, modifyImageAttribute } from './images.ts';
import { describeInstances } from './instance-list.ts';
import { createInstance, deleteInstance, runInstances, startInstance, stopInstance } from './instances.ts';
import { onlyForOwnAccount } from './owner.ts';
import { describeRegions } from './regions.ts';
import { describeImageSharePermission, modifyImageSharePermission } from './shares.ts';
import { deleteSnapshot, describeSnapshots } from './snapshots.ts';
import { addTags, describeTags, listTagResources, removeTags, tagResources, untagResources } from './tag-resources.ts';
import { describeTaskAttribute, describeTasks } from './tasks.ts';
import { describeZones } from './zones.ts';

const actions: Dialect['actions'] = {
  ModifyImageSharePermission: modifyImageSharePermission,
  DescribeImageSharePermission: describeImageSharePermission,
  DescribeImages: describeImages,
  CopyImage: copyImage,
  CancelCopyImage: cancelCopyImage,
  DeleteImage: deleteImage,
  CreateImage: createImage,
  ImportImage: importImage,
  ModifyImageAttribute: modifyImageAttribute,
  DescribeTasks: describeTasks,
  DescribeTaskAttribute: describeTaskAttribute,
  DescribeSnapshots: describeSnapshots,
  DeleteSnapshot: deleteSnapshot,
  TagResources: tagResources,
  UntagResources: untagResources,
  ListTagResources: listTagResources,
  AddTags: addTags,
  RemoveTags: removeTags,
  DescribeTags: describeTags,
  RunInstances: runInstances,
  CreateInstance: createInstance,
  StartInstance: startInstance,
  StopInstance: stopInstance,
  ReplaceSystemDisk: replaceSystemDisk,
  ReInitDisk: reInitDisk,
  DescribeInstances: describeInstances,
  DeleteInstance: deleteInstance,
  DescribeDisks: describeDisks,
  DescribeRegions: describeRegions,
  DescribeZones: describeZones,
};

/** The supported actions of ECS 2014-05-26. */
export const ecsActions: Dialect['actions'] = Object.fromEntries(
  Object.entries(actions).map(([name, action]) => [name, onlyForOwnAccount(action)]),
);
