import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { imageOfInstance, launchInstance } from '../lib/app/launch-instance.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views/instance.ts';
import { planReinstall, requireInstance } from '../lib/rules/instances.ts';

/**
 * Resets the system disk of an instance to its image, if the caller can still use the image.
 *
 * Rules: received.use, cancel.instances-live, delete.instances-live.
 */
export const reinitializeInstance = action({
  name: 'ReinitializeInstance',
  summary: 'Resets the system disk of an instance to the image that it was last created from.',
  routes: ['POST /regions/{region}/instances/{instanceId}/reinitialize'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  response: InstanceView,

  run({ region, instanceId }, context) {
    const key = { region, instanceId };
    return launchInstance(region, { instances: [key], loadMore: imageOfInstance }, context, (facts, { at: now }) => {
      const instance = requireInstance(key, facts.instance, facts.principal);
      return planReinstall(instance.imageId, instance, { image: facts.image, now });
    });
  },
});

export const handler = serve(reinitializeInstance);
