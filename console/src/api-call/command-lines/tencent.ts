import type { CommandLine } from './command-line.ts';

const tags = [{ entry: { ResourceType: 'image', Tags: { each: 'tags', as: { Key: '{key}', Value: '{value}' } } } }];
const newImage = { ImageName: '{name}', ImageDescription: '{description}' };
const nothing = { description: '', tags: [], disks: [] };

/** Sources: docs/clouds/tencent.md, and docs/clouds/tccli.md for the program. */
export const tencentCommandLine: CommandLine = {
  name: { en: 'Tencent Cloud CLI', zh: '腾讯云 CLI' },
  program: 'tccli',
  options: { endpoint: '{host}', region: '{region}' },
  lists: 'json',
  takesEquals: true,
  dropsEmpty: false,
  perCall: { recipients: 50, add: 50, remove: 50, recipient: 50 },
  charactersMax: { name: 60, description: 256 },
  calls: {
    'POST /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'cvm ModifyImageSharePermission',
        parameters: { ImageId: '{imageId}', AccountIds: '{recipients}', Permission: 'SHARE' },
      },
    ],
    'PATCH /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'cvm ModifyImageSharePermission',
        parameters: { ImageId: '{imageId}', AccountIds: '{remove}', Permission: 'CANCEL' },
      },
      {
        command: 'cvm ModifyImageSharePermission',
        parameters: { ImageId: '{imageId}', AccountIds: '{add}', Permission: 'SHARE' },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'cvm ModifyImageSharePermission',
        parameters: { ImageId: '{imageId}', AccountIds: '{recipient}', Permission: 'CANCEL' },
      },
    ],
    'POST /v1/regions/{region}/images': [
      {
        command: 'cvm ImportImage',
        parameters: {
          ...newImage,
          Architecture: { from: 'architecture', values: { x86_64: 'x86_64', arm64: 'arm_64' } },
          OsType: '{os}',
          // Any version.
          OsVersion: '-',
          // The file isn't read.
          ImageUrl: 'https://images-1250000000.cos.{region}.myqcloud.com/image.qcow2',
          TagSpecification: tags,
        },
        implied: { ...nothing, product: 'standard', encryption: 'none', sizeGiB: 50 },
      },
    ],
    'PATCH /v1/regions/{region}/images/{imageId}': [
      {
        command: 'cvm ModifyImageAttribute',
        parameters: { ImageId: '{imageId}', ...newImage, ImageDeprecated: '{deprecated}' },
      },
      {
        command: 'lighthouse ModifyImageSharePermission',
        parameters: {
          ImageId: '{imageId}',
          Permission: { from: 'products', values: { 'standard,lightweight': 'SHARE', standard: 'CANCEL' } },
        },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}': [{ command: 'cvm DeleteImages', parameters: { ImageIds: ['{imageId}'] } }],
    'POST /v1/regions/{region}/images/{imageId}/copies': [
      {
        command: 'cvm SyncImages',
        parameters: { ImageIds: ['{imageId}'], DestinationRegions: ['{destinationRegion}'], ImageName: '{name}' },
        // In the image's own region, the call saves a shared image.
        except: { destinationRegion: '{region}' },
      },
    ],
    'POST /v1/regions/{region}/images/{imageId}/saves': [
      {
        command: 'cvm SyncImages',
        parameters: { ImageIds: ['{imageId}'], DestinationRegions: ['{region}'], ImageName: '{name}' },
      },
    ],
    'POST /v1/regions/{region}/instances': [
      { command: 'cvm RunInstances', parameters: { ImageId: '{imageId}' }, implied: { product: 'standard' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinstall': [
      { command: 'cvm ResetInstance', parameters: { InstanceId: '{instanceId}', ImageId: '{imageId}' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinitialize': [
      { command: 'cvm ResetInstance', parameters: { InstanceId: '{instanceId}' } },
    ],
    'DELETE /v1/regions/{region}/instances/{instanceId}': [
      { command: 'cvm TerminateInstances', parameters: { InstanceIds: ['{instanceId}'] } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/images': [
      {
        command: 'cvm CreateImage',
        parameters: { InstanceId: '{instanceId}', ...newImage },
        implied: nothing,
      },
    ],
  },
};
