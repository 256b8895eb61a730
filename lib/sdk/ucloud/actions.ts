import type { Dialect } from '../wire.ts';
import { copyCustomImage, saveSharedImage } from './copies.ts';
import { describeImage } from './image-list.ts';
import { createCustomImage, importCustomImage, terminateCustomImage } from './images.ts';
import { describeUHostInstance } from './instance-list.ts';
import { createUHostInstance, reinstallUHostInstance, terminateUHostInstance } from './instances.ts';
import { getProjectList } from './projects.ts';
import { getRegion } from './regions.ts';
import { describeImageShareProjects, describeSharingImages, modifyImageShareProject } from './shares.ts';
import { getUserInfo } from './users.ts';

/** The supported actions of UHost and UAccount. */
export const ucloudActions: Dialect['actions'] = {
  DescribeImage: describeImage,
  ImportCustomImage: importCustomImage,
  CreateCustomImage: createCustomImage,
  CopyCustomImage: copyCustomImage,
  TerminateCustomImage: terminateCustomImage,
  ModifyImageShareProject: modifyImageShareProject,
  DescribeImageShareProjects: describeImageShareProjects,
  DescribeSharingImages: describeSharingImages,
  SaveSharedImage: saveSharedImage,
  CreateUHostInstance: createUHostInstance,
  ReinstallUHostInstance: reinstallUHostInstance,
  DescribeUHostInstance: describeUHostInstance,
  TerminateUHostInstance: terminateUHostInstance,
  GetProjectList: getProjectList,
  GetRegion: getRegion,
  GetUserInfo: getUserInfo,
};
