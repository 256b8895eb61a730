import * as z from 'zod';
import type { InstanceView } from '../../model/views.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { foundOf, HostParameter, idsPerCallMax, noTag, osTypeOf, paged, paging, unixSeconds, zoneOf } from './parameters.ts';

/** The service knows nothing of disks but their sizes; UCloud's answers always have a type. */
const diskType = 'CLOUD_SSD';

/** An entry of `UHostSet`. Source: https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance. */
const hostItem = ({ region, instanceId, imageId, os, disksGiB, createdAt }: InstanceView): Fields => ({
  Zone: zoneOf(region),
  UHostId: instanceId,
  BasicImageId: imageId,
  State: 'Running',
  Tag: noTag,
  OsType: osTypeOf(os),
  OsName: os,
  DiskSet: disksGiB.map((size, at) => ({
    DiskType: diskType,
    IsBoot: at === 0 ? 'True' : 'False',
    Type: at === 0 ? 'Boot' : 'Data',
    Size: size,
  })),
  IPSet: [],
  TotalDiskSpace: disksGiB.slice(1).reduce((sum, size) => sum + size, 0),
  CreateTime: unixSeconds(createdAt),
});

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance. */
export const describeUHostInstance = wireAction({
  parameters: z.object({
    ...paging(100),
    UHostIds: z.array(HostParameter).max(idsPerCallMax).default([]),
    Tag: Text.default(noTag),
  }),
  async run({ UHostIds, Tag, ...page }, service) {
    const listed =
      UHostIds.length > 0 ? await foundOf(UHostIds, service.instance, 'InstanceNotFound') : await service.instances();
    const hosts = Tag === noTag ? listed : [];
    return { TotalCount: hosts.length, UHostSet: paged(hosts, page).map(hostItem) };
  },
});
