import * as z from 'zod';
import { type Dialect, wireAction } from '../../wire.ts';
import { syncImages } from './copies.ts';
import { describeImageQuota, describeImages } from './image-list.ts';
import { createImage, deleteImages, importImage, modifyImageAttribute } from './images.ts';
import { describeInstances } from './instance-list.ts';
import { resetInstance, terminateInstances } from './instances.ts';
import { runInstances } from './launch.ts';
import { describeImageSharePermission, modifyImageSharePermission } from './shares.ts';

/** Lists the deployment's regions of this cloud. Their names are their ids. */
const describeRegions = wireAction({
  parameters: z.strictObject({}),
  async run(_, { regions }) {
    return {
      TotalCount: regions.length,
      RegionSet: regions.map((Region) => ({ Region, RegionName: Region, RegionState: 'AVAILABLE' })),
    };
  },
});

/** The actions of CVM 2017-03-12. Source: the SDK for Node, tencentcloud-sdk-nodejs-cvm. */
export const cvmActions: Dialect['actions'] = {
  CreateImage: createImage,
  DeleteImages: deleteImages,
  DescribeImageQuota: describeImageQuota,
  DescribeImageSharePermission: describeImageSharePermission,
  DescribeImages: describeImages,
  DescribeInstances: describeInstances,
  DescribeRegions: describeRegions,
  ImportImage: importImage,
  ModifyImageAttribute: modifyImageAttribute,
  ModifyImageSharePermission: modifyImageSharePermission,
  ResetInstance: resetInstance,
  RunInstances: runInstances,
  SyncImages: syncImages,
  TerminateInstances: terminateInstances,
};
