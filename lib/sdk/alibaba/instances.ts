import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import type { InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { instancesPerCallMax } from '../../model/limits.ts';
import type { Service } from '../service.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { instanceNotFound } from './error-codes.ts';
import { CallOptions, countUpTo, ImageId, InstanceId, runWithOptions } from './parameters.ts';

/** Launches all of the instances or none. Instance types, networks, disks, and passwords have no effect. */
export const runInstances = wireAction({
  parameters: z.object({ ...CallOptions, ImageId, Amount: countUpTo(instancesPerCallMax).default(1) }),
  run: ({ ImageId: imageId, Amount: count, ...options }, service) =>
    runWithOptions(options, service, async (api) => {
      const instances = await api.runInstances({ imageId, count });
      return { InstanceIdSets: { InstanceIdSet: instances.map(({ instanceId }) => instanceId) } };
    }),
});

/** Terminates an instance in any region, because the call doesn't name one. */
export const deleteInstance = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, InstanceId }),
  run: ({ InstanceId: instanceId, DryRun }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      await (await locateInstance(instanceId, api)).terminateInstance(instanceId);
      return {};
    }),
});

/** Returns the service in the region of the caller's instance. Throws ProviderError with `notFound` if there is none. */
export async function locateInstance(
  instanceId: ModelInstanceId,
  service: Service,
  notFound = instanceNotFound,
): Promise<Service> {
  const matches = await Promise.all(service.regions.map((region) => serviceWithInstance(instanceId, service.inRegion(region))));
  const [match] = matches.flat();
  if (match === undefined) {
    throw new ProviderError(notFound);
  }
  return match;
}

async function serviceWithInstance(instanceId: ModelInstanceId, service: Service): Promise<Service[]> {
  try {
    await service.getInstance(instanceId);
    return [service];
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'InstanceNotFound') {
      return [];
    }
    throw failure;
  }
}
