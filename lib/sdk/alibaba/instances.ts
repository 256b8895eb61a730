import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import type { InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { instancesPerCallMax } from '../../model/limits.ts';
import type { Service } from '../service.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { instanceNotFound } from './error-codes.ts';
import { CallOptions, ImageId, InstanceId, upTo, withOptions } from './parameters.ts';

/** Makes instances from an image, all of them or none. Types, networks, disks and passwords mean nothing here. */
export const runInstances = wireAction({
  parameters: z.object({ ...CallOptions, ImageId, Amount: upTo(instancesPerCallMax).default(1) }),
  run: ({ ImageId: imageId, Amount: count, ...options }, service) =>
    withOptions(options, service, async (calls) => {
      const instances = await calls.runInstances({ imageId, count });
      return { InstanceIdSets: { InstanceIdSet: instances.map(({ instanceId }) => instanceId) } };
    }),
});

/** Ends an instance, whichever of the cloud's regions it is in: the call names none. */
export const deleteInstance = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, InstanceId }),
  run: ({ InstanceId: instanceId, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await (await whereIs(instanceId, calls)).terminate(instanceId);
      return {};
    }),
});

/** The calls in the region where the caller has the instance. Refuses with InvalidInstanceId.NotFound, or as it is told to. */
export async function whereIs(instanceId: ModelInstanceId, service: Service, otherwise = instanceNotFound): Promise<Service> {
  const found = await Promise.all(service.regions.map((region) => hasInstance(instanceId, service.in(region))));
  const place = found.flat()[0];
  if (place === undefined) {
    throw new ProviderError(otherwise);
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
