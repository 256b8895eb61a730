import * as z from 'zod';
import type { InstanceView } from '../../model/views.ts';
import { type Fields, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { osTypeOf } from './image-view.ts';
import { PagingByToken, pageByToken } from './paging.ts';
import { CallOptions, IdsInJson, withOptions } from './parameters.ts';
import { toMinute } from './times.ts';

/** Lists own instances, which run from the moment when they are made until they are deleted. */
export const describeInstances = wireAction({
  parameters: z.object({
    ...PagingByToken,
    DryRun: CallOptions.DryRun,
    InstanceIds: IdsInJson.optional(),
    ImageId: Text.optional(),
    Status: Text.optional(),
  }),
  run: ({ InstanceIds: ids, ImageId: imageId, Status, DryRun, ...paging }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      const found = (await calls.instances()).filter(
        (instance) =>
          (ids?.includes(instance.instanceId) ?? true) &&
          (imageId ?? instance.imageId) === instance.imageId &&
          (Status ?? 'Running') === 'Running',
      );
      const { entries, fields } = pageByToken(found, paging);
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
