import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import type { InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { instancesPerCallMax } from '../../model/limits.ts';
import type { InstanceView } from '../../model/views.ts';
import type { Service } from '../service.ts';
import { type Fields, WireRefusal, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { instanceNotFound } from './error-codes.ts';
import { osTypeOf } from './image-view.ts';
import { PagingByToken, pageByToken } from './paging.ts';
import { CallOptions, IdsInJson, ImageId, InstanceId, upTo, withOptions } from './parameters.ts';
import { toMinute } from './times.ts';

/** Makes servers from an image, all of them or none. Types, networks, disks and passwords mean nothing here. */
export const runInstances = wireAction({
  parameters: z.object({ ...CallOptions, ImageId, Amount: upTo(instancesPerCallMax).default(1) }),
  run: ({ ImageId: imageId, Amount: count, ...options }, service) =>
    withOptions(options, service, async (calls) => {
      const instances = await calls.runInstances({ imageId, count });
      return { InstanceIdSets: { InstanceIdSet: instances.map(({ instanceId }) => instanceId) } };
    }),
});

/** Lists own servers, which run from the moment when they are made until they are deleted. */
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

/** Ends a server, whichever of the cloud's regions it is in: the call names none. */
export const deleteInstance = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, InstanceId }),
  run: ({ InstanceId: instanceId, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await (await whereIs(instanceId, calls)).terminate(instanceId);
      return {};
    }),
});

/** The calls in the region where the caller has the server. Refuses with InvalidInstanceId.NotFound, or as it is told to. */
export async function whereIs(instanceId: ModelInstanceId, service: Service, otherwise = instanceNotFound): Promise<Service> {
  const found = await Promise.all(service.regions.map((region) => hasInstance(instanceId, service.in(region))));
  const place = found.flat()[0];
  if (place === undefined) {
    throw new WireRefusal(otherwise);
  }
  return place;
}

async function hasInstance(instanceId: ModelInstanceId, service: Service): Promise<Service[]> {
  try {
    await service.instance(instanceId);
    return [service];
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'InstanceNotFound') {
      return [];
    }
    throw failure;
  }
}
