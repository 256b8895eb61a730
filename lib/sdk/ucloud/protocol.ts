import type { Dialect, Protocol } from '../wire.ts';
import { copyCustomImage, saveSharedImage } from './copies.ts';
import { ucloudErrors } from './errors.ts';
import { createCustomImage, describeImage, importCustomImage, terminateCustomImage } from './images.ts';
import { createUHostInstance, describeUHostInstance, reinstallUHostInstance, terminateUHostInstance } from './instances.ts';
import { getProjectList } from './projects.ts';
import { read, recognises } from './request.ts';
import { failure, success } from './response.ts';
import { describeImageShareProjects, describeSharingImages, modifyImageShareProject } from './shares.ts';

const uhost: Dialect = {
  actions: {
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
  },
  errors: ucloudErrors,
  firstIndex: 0,
  read,
  success,
  failure,
};

/** UCloud's API: one dialect, whose signatures carry no time, so that a request that was seen can be sent again. */
export const ucloudProtocol: Protocol = { recognises, dialectOf: () => uhost };
