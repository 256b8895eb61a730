import * as z from 'zod';
import type { InstanceView } from '../../model/views.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import {
  findAll,
  HostParameter,
  idsPerCallMax,
  noTag,
  osTypeOf,
  pageOf,
  pageParameters,
  unixSeconds,
  zoneOf,
} from './parameters.ts';

/** The type of every disk: UCloud's responses require one, and the service stores only sizes. */
const diskType = 'CLOUD_SSD';

/** Formats an entry of `UHostSet`. Source: https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance. */
const hostItem = ({ region, instanceId, imageId, os, disksGiB, createdAt }: InstanceView): Fields => ({
  Zone: zoneOf(region),
  UHostId: instanceId,
  BasicImageId: imageId,
  State: 'Running',
  Tag: noTag,
  OsType: osTypeOf(os),
  OsName: os,
  DiskSet: disksGiB.map((size, index) => ({
    DiskType: diskType,
    IsBoot: index === 0 ? 'True' : 'False',
    Type: index === 0 ? 'Boot' : 'Data',
    Size: size,
  })),
  IPSet: [],
  TotalDiskSpace: disksGiB.slice(1).reduce((sum, size) => sum + size, 0),
  CreateTime: unixSeconds(createdAt),
});

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance. */
export const describeUHostInstance = wireAction({
  parameters: z.object({
    ...pageParameters(100),
    UHostIds: z.array(HostParameter).max(idsPerCallMax).default([]),
    Tag: Text.default(noTag),
  }),
  async run({ UHostIds, Tag, ...page }, service) {
    const candidates =
      UHostIds.length > 0 ? await findAll(UHostIds, service.getInstance, 'InstanceNotFound') : await service.listInstances();
    const hosts = Tag === noTag ? candidates : [];
    return { TotalCount: hosts.length, UHostSet: pageOf(hosts, page).map(hostItem) };
  },
});
