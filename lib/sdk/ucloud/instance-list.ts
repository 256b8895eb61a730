import * as z from 'zod';
import type { InstanceId } from '../../model/ids.ts';
import type { InstanceView } from '../../model/views/instance.ts';
import { ifFound } from '../if-found.ts';
import type { Service } from '../service.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { diskType } from './disks.ts';
import {
  commonParameters,
  HostParameter,
  idsPerCallMax,
  noTag,
  osTypeOf,
  pageOf,
  pageParameters,
  Tag,
  unixSeconds,
} from './parameters.ts';
import { hasEntriesIn, zoneOf } from './zones.ts';

/**
 * Formats an entry of `UHostSet`. A host is recorded and not run: it has no name, network, keys, backups, or special features, and
 * its system disk is always ready. Its size and price are unknown and left out. Source:
 * https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance.
 */
const hostItem = ({ region, instanceId, imageId, imageName, os, disksGiB, createdAt }: InstanceView): Fields => ({
  Zone: zoneOf(region),
  UHostId: instanceId,
  BasicImageId: imageId,
  BasicImageName: imageName,
  Name: '',
  Remark: '',
  State: 'Running',
  BootDiskState: 'Normal',
  LifeCycle: 'Normal',
  Tag: noTag,
  OsType: osTypeOf(os),
  OsName: os,
  DiskSet: disksGiB.map((size, index) => ({
    DiskType: diskType,
    IsBoot: index === 0 ? 'True' : 'False',
    Type: index === 0 ? 'Boot' : 'Data',
    Size: size,
    BackupType: 'NONE',
  })),
  IPSet: [],
  TotalDiskSpace: disksGiB.slice(1).reduce((sum, size) => sum + size, 0),
  CreateTime: unixSeconds(createdAt),
  AutoRenew: 'No',
  NetCapability: 'Normal',
  IsolationGroup: '',
  RdmaClusterId: '',
  HotplugFeature: false,
  CloudInitFeature: false,
  IPv6Feature: false,
});

/** Filters by what no host has here. */
const absentProperties = {
  IsolationGroup: Text.optional(),
  VPCId: Text.optional(),
  SubnetId: Text.optional(),
  UDiskIdForAttachment: Text.optional(),
};

/** Returns the instances among these that exist, in the order of the IDs. */
async function findInstances(ids: readonly InstanceId[], service: Service): Promise<InstanceView[]> {
  const found = await Promise.all([...new Set(ids)].map((id) => ifFound('InstanceNotFound', () => service.getInstance(id))));
  return found.filter((instance) => instance !== undefined);
}

/** Source: https://docs.ucloud.cn/api/uhost-api/describe_uhost_instance. */
export const describeUHostInstance = wireAction({
  parameters: z.object({
    ...commonParameters,
    ...pageParameters(100),
    ...absentProperties,
    UHostIds: z.array(HostParameter).max(idsPerCallMax).default([]),
    Tag: Tag.default(noTag),
  }),
  async run({ Zone, UHostIds, Tag: tag, Offset, Limit, DryRun: _, ...absent }, service) {
    const hasEntries = hasEntriesIn(Zone, service.region) && tag === noTag && Object.keys(absent).length === 0;
    const candidates = UHostIds.length > 0 ? await findInstances(UHostIds, service) : await service.listInstances();
    const hosts = hasEntries ? candidates : [];
    return { TotalCount: hosts.length, UHostSet: pageOf(hosts, { Offset, Limit }).map(hostItem) };
  },
});
