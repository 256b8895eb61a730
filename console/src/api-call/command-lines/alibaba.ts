import type { CommandLine } from './command-line.ts';

const tags = { each: 'tags', as: { Key: '{key}', Value: '{value}' } };
const newImage = { ImageName: '{name}', Description: '{description}', Tag: tags };
const nothing = { description: '', tags: [], disks: [] };

/** The names of operating systems that ImportImage accepts. Source: its documentation. */
const platforms = [
  ...['Aliyun', 'Anolis', 'CentOS', 'Ubuntu', 'CoreOS', 'SUSE', 'Debian', 'OpenSUSE', 'FreeBSD', 'RedHat', 'Kylin', 'UOS'],
  ...['Fedora', 'Fedora CoreOS', 'CentOS Stream', 'AlmaLinux', 'Rocky Linux', 'Gentoo', 'Customized Linux', 'Others Linux'],
  ...['Windows Server 2022', 'Windows Server 2019', 'Windows Server 2016', 'Windows Server 2012', 'Windows Server 2008'],
  ...['Windows Server 2003', 'Other Windows'],
];

/** Sources: docs/clouds/alibaba.md, and github.com/aliyun/aliyun-cli for the program (cli/parser.go, openapi/rpc.go). */
export const alibabaCommandLine: CommandLine = {
  name: { en: 'Alibaba Cloud CLI', zh: '阿里云 CLI' },
  program: 'aliyun',
  options: { endpoint: '{host}', RegionId: '{region}' },
  withoutTls: ['--insecure'],
  lists: 1,
  takesEquals: true,
  dropsEmpty: true,
  perCall: { recipients: 10, add: 10, remove: 10, recipient: 10 },
  calls: {
    'POST /v1/regions/{region}/images/{imageId}/shares': [
      { command: 'ecs ModifyImageSharePermission', parameters: { ImageId: '{imageId}', AddAccount: '{recipients}' } },
    ],
    'PATCH /v1/regions/{region}/images/{imageId}/shares': [
      {
        command: 'ecs ModifyImageSharePermission',
        parameters: { ImageId: '{imageId}', AddAccount: '{add}', RemoveAccount: '{remove}' },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}/shares': [
      { command: 'ecs ModifyImageSharePermission', parameters: { ImageId: '{imageId}', RemoveAccount: '{recipient}' } },
    ],
    'POST /v1/regions/{region}/images': [
      {
        command: 'ecs ImportImage',
        parameters: {
          ...newImage,
          Platform: { from: 'os', values: Object.fromEntries(platforms.map((name) => [name, name])) },
          Architecture: '{architecture}',
          DiskDeviceMapping: [{ entry: { DiskImageSize: '{sizeGiB}' } }, { each: 'disks', as: { DiskImageSize: '{sizeGiB}' } }],
        },
        implied: { ...nothing, product: 'standard', encryption: 'none' },
      },
    ],
    'PATCH /v1/regions/{region}/images/{imageId}': [
      {
        command: 'ecs ModifyImageAttribute',
        parameters: {
          ImageId: '{imageId}',
          ImageName: '{name}',
          Description: '{description}',
          Status: { from: 'deprecated', values: { true: 'Deprecated', false: 'Available' } },
        },
      },
    ],
    'DELETE /v1/regions/{region}/images/{imageId}': [{ command: 'ecs DeleteImage', parameters: { ImageId: '{imageId}' } }],
    'POST /v1/regions/{region}/images/{imageId}/copies': [
      {
        command: 'ecs CopyImage',
        parameters: { ImageId: '{imageId}', DestinationRegionId: '{destinationRegion}', DestinationImageName: '{name}' },
      },
    ],
    'POST /v1/regions/{region}/images/{imageId}/saves': [
      {
        command: 'ecs CopyImage',
        parameters: { ImageId: '{imageId}', DestinationRegionId: '{region}', DestinationImageName: '{name}' },
      },
    ],
    'POST /v1/regions/{region}/instances': [
      { command: 'ecs RunInstances', parameters: { ImageId: '{imageId}' }, implied: { product: 'standard' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinstall': [
      { command: 'ecs ReplaceSystemDisk', parameters: { InstanceId: '{instanceId}', ImageId: '{imageId}' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/reinitialize': [
      // The ID of the system disk is that of the instance with another prefix.
      { command: 'ecs ReInitDisk', parameters: { DiskId: { from: 'instanceId', prefix: ['i-', 'd-'] } } },
    ],
    'DELETE /v1/regions/{region}/instances/{instanceId}': [
      { command: 'ecs DeleteInstance', parameters: { InstanceId: '{instanceId}' } },
    ],
    'POST /v1/regions/{region}/instances/{instanceId}/images': [
      { command: 'ecs CreateImage', parameters: { InstanceId: '{instanceId}', ...newImage }, implied: nothing },
    ],
  },
};
