import type { CommandLine } from './command-line.ts';

const newImage = { ImageName: '{name}', ImageDescription: '{description}' };
const nothing = { description: '', tags: [], disks: [] };

/** Sources: docs/clouds/ucloud.md, and github.com/ucloud/ucloud-cli for the program (cmd/api.go, cmd/root.go). */
export const ucloudCommandLine: CommandLine = {
  name: { en: 'UCloud CLI', zh: 'UCloud CLI' },
  program: 'ucloud',
  options: { 'base-url': '{origin}/', Region: '{region}', ProjectId: '{project}' },
  withoutTls: [],
  lists: 0,
  takesEquals: false,
  dropsEmpty: true,
  perCall: { recipients: 10, add: 10, remove: 10, recipient: 10 },
  calls: {
    'POST /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'api --Action ModifyImageShareProject',
        parameters: { ImageId: '{imageId}', AddProjects: '{recipients}' },
      },
    ],
    'PATCH /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'api --Action ModifyImageShareProject',
        parameters: { ImageId: '{imageId}', AddProjects: '{add}', RemoveProjects: '{remove}' },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'api --Action ModifyImageShareProject',
        parameters: { ImageId: '{imageId}', RemoveProjects: '{recipient}' },
      },
    ],
    'POST /v1/regions/{region}/images': [
      {
        command: 'api --Action ImportCustomImage',
        parameters: {
          ...newImage,
          OsType: '{os}',
          OsName: '{os}',
          // The file isn't read.
          UFileUrl: 'https://bucket.{region}.ufileos.com/image.qcow2',
          Format: 'qcow2',
          Auth: 'true',
        },
        implied: { ...nothing, architecture: 'x86_64', product: 'standard', encryption: 'none', sizeGiB: 20 },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}': [
      { command: 'api --Action TerminateCustomImage', parameters: { ImageId: '{imageId}' } },
    ],
    'POST /v1/regions/{region}/images/{imageId}/copies': [
      {
        command: 'api --Action CopyCustomImage',
        parameters: {
          SourceImageId: '{imageId}',
          TargetRegion: '{destinationRegion}',
          TargetProjectId: '{project}',
          TargetImageName: '{name}',
        },
      },
    ],
    'POST /v1/regions/{region}/images/{imageId}/saves': [
      { command: 'api --Action SaveSharedImage', parameters: { ImageId: '{imageId}', ImageName: '{name}' } },
    ],
    'POST /v1/regions/{region}/instances': [
      {
        command: 'api --Action CreateUHostInstance',
        parameters: { Zone: '{region}-02', ImageId: '{imageId}', LoginMode: 'ImagePasswd' },
        implied: { product: 'standard' },
      },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinstall': [
      { command: 'api --Action ReinstallUHostInstance', parameters: { UHostId: '{instanceId}', ImageId: '{imageId}' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinitialize': [
      { command: 'api --Action ReinstallUHostInstance', parameters: { UHostId: '{instanceId}' } },
    ],
    'DELETE /v1/regions/{region}/instances/{instanceId}': [
      { command: 'api --Action TerminateUHostInstance', parameters: { UHostId: '{instanceId}' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/images': [
      {
        command: 'api --Action CreateCustomImage',
        parameters: { UHostId: '{instanceId}', ...newImage },
        implied: nothing,
      },
    ],
  },
};
