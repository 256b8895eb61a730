import * as z from 'zod';
import type { InstanceId as ModelInstanceId } from '../../model/ids.ts';
import { instancesPerCallMax } from '../../model/limits.ts';
import type { InstanceView } from '../../model/views/instance.ts';
import { ifFound } from '../if-found.ts';
import type { Service } from '../service.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { instanceNotFound, invalidParameter, resourceNotTaggable } from './error-codes.ts';
import {
  CallOptions,
  countUpTo,
  ImageId,
  InstanceId,
  noEncryptionKey,
  noImageFamily,
  noResourceGroup,
  notEncrypted,
  runWithOptions,
  unsupported,
} from './parameters.ts';
import { TagList } from './tags.ts';

const noLaunchTemplate = unsupported("isn't supported, because there are no launch templates");

const Disk = z.object({ SnapshotId: unsupported('is unknown'), Encrypted: notEncrypted, KMSKeyId: noEncryptionKey });

/** Parameters of a launch. All that would configure the machine has no effect. */
const LaunchParameters = {
  ...CallOptions,
  ImageId,
  ImageFamily: noImageFamily,
  ResourceGroupId: noResourceGroup,
  DeletionProtection: unsupported("isn't supported, because instances aren't protected from deletion", 'false'),
  Tag: TagList.optional(),
  SystemDisk: Disk.omit({ SnapshotId: true }).optional(),
  DataDisk: z.array(Disk).optional(),
};

/** Throws InvalidResourceId.NotSupported for tags, which clients would use to find and delete instances. */
function refuseTags({ Tag }: { readonly Tag?: object | undefined }): void {
  if (Tag !== undefined) {
    throw new ProviderError({
      ...resourceNotTaggable,
      message: `${resourceNotTaggable.message} Instances have no tags: omit the parameter "Tag".`,
    });
  }
}

/** Launches all of the instances or none. */
export const runInstances = wireAction({
  parameters: z.object({
    ...LaunchParameters,
    Amount: countUpTo(instancesPerCallMax).default(1),
    MinAmount: countUpTo(instancesPerCallMax).optional(),
    LaunchTemplateId: noLaunchTemplate,
    LaunchTemplateName: noLaunchTemplate,
    LaunchTemplateVersion: noLaunchTemplate,
    AutoReleaseTime: unsupported("isn't supported, because instances aren't released automatically"),
  }),
  run: ({ ImageId: imageId, Amount: count, MinAmount: countMin = 1, Tag, ...options }, service) => {
    refuseTags({ Tag });
    if (countMin > count) {
      throw new ProviderError(
        invalidParameter('MinAmount', 'must not be more than Amount', 'InvalidMinAmount.Malformed', countMin),
      );
    }
    return runWithOptions(options, service, async (api) => {
      const instances = await api.runInstances({ imageId, count });
      return { InstanceIdSets: { InstanceIdSet: instances.map(({ instanceId }) => instanceId) } };
    });
  },
});

/** Launches one instance, which is running immediately. */
export const createInstance = wireAction({
  parameters: z.object({ ...LaunchParameters, InstanceType: Text }),
  run: ({ ImageId: imageId, Tag, ...options }, service) => {
    refuseTags({ Tag });
    return runWithOptions(options, service, async (api) => {
      const [instance] = await api.runInstances({ imageId, count: 1 });
      return { InstanceId: instance?.instanceId };
    });
  },
});

/** Succeeds for an instance of the caller, in any region: it is running already. */
export const startInstance = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, InstanceId }),
  run: ({ InstanceId: instanceId, DryRun }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      await locateInstance(instanceId, api);
      return {};
    }),
});

/**
 * Refuses to stop an instance of the caller. The code is one of StopInstance's that clients don't retry: the state of the
 * instance doesn't change.
 */
export const stopInstance = wireAction({
  parameters: z.object({ DryRun: CallOptions.DryRun, InstanceId }),
  run: async ({ InstanceId: instanceId }, service) => {
    await locateInstance(instanceId, service);
    throw new ProviderError({
      code: 'InvalidInstanceId.NotSupport',
      status: 403,
      message: `Instance ${instanceId} does not support this operation: instances are recorded, but not run, so they can't be stopped. Delete it instead.`,
    });
  },
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
  const instances = await Promise.all(service.regions.map((region) => findInstance(instanceId, service.inRegion(region))));
  const region = instances.find((instance) => instance !== undefined)?.region;
  if (region === undefined) {
    throw new ProviderError(notFound);
  }
  return service.inRegion(region);
}

/** Returns undefined if the caller has no such instance in the region of the service. */
export const findInstance = (instanceId: ModelInstanceId, service: Service): Promise<InstanceView | undefined> =>
  ifFound('InstanceNotFound', () => service.getInstance(instanceId));
