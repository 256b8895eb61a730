import * as z from 'zod';
import type { InstanceView } from '../../model/views.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { osTypeOf } from './image-view.ts';
import { PageOrTokenParameters, pageByToken } from './paging.ts';
import { CallOptions, JsonIdList, runWithOptions } from './parameters.ts';
import { toMinute } from './times.ts';

/** Lists the caller's instances. They are running from launch to deletion. */
export const describeInstances = wireAction({
  parameters: z.object({
    ...PageOrTokenParameters,
    DryRun: CallOptions.DryRun,
    InstanceIds: JsonIdList.optional(),
    ImageId: Text.optional(),
    Status: Text.optional(),
  }),
  run: ({ InstanceIds: ids, ImageId: imageId, Status, DryRun, ...paging }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      const instances = (await api.listInstances()).filter(
        (instance) =>
          (ids?.includes(instance.instanceId) ?? true) &&
          (imageId ?? instance.imageId) === instance.imageId &&
          (Status ?? 'Running') === 'Running',
      );
      const { entries, fields } = pageByToken(instances, paging);
      return { ...fields, Instances: { Instance: entries.map(instanceFields) } };
    }),
});

const instanceFields = (instance: InstanceView): Fields => ({
  InstanceId: instance.instanceId,
  InstanceName: instance.instanceId,
  RegionId: instance.region,
  ImageId: instance.imageId,
  Status: 'Running',
  OSType: osTypeOf(instance.os),
  OSName: instance.os,
  OSNameEn: instance.os,
  CreationTime: toMinute(instance.createdAt),
});
