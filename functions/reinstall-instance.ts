import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { launchInstance } from '../lib/app/launch-instance.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views/instance.ts';
import { planReinstall, requireInstance } from '../lib/rules/instances.ts';

/**
 * Reinstalls the system disk of an instance from an image that the caller can use.
 *
 * Rules: received.use, cancel.instances-live, delete.instances-live.
 */
export const reinstallInstance = action({
  name: 'ReinstallInstance',
  summary: 'Reinstalls the system disk of an instance from an image that you own, that is shared with you, or that is public.',
  routes: ['POST /regions/{region}/instances/{instanceId}/reinstall'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound', 'ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  body: z.strictObject({ imageId: ImageId }),
  response: InstanceView,

  run({ region, instanceId, imageId }, context) {
    const key = { region, instanceId };
    return launchInstance(region, { images: [{ region, imageId }], instances: [key] }, context, (facts, { at: now }) =>
      planReinstall(imageId, requireInstance(key, facts.instance, facts.principal), { image: facts.image, now }),
    );
  },
});

export const handler = serve(reinstallInstance);
