import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { serve } from '../lib/http/serve.ts';
import { ImageId, InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views.ts';
import { planReinstall, requireInstance } from '../lib/rules/instances.ts';
import { instanceView } from '../lib/rules/views.ts';

/**
 * Makes a server's system disk anew from an image that the caller may use.
 *
 * Refuses with: InstanceNotFound, ImageNotFound, ImageNotUsable. Rules: received.use, cancel.instances-live,
 * delete.instances-live.
 */
export const reinstallInstance = action({
  name: 'ReinstallInstance',
  summary: "Makes a server's system disk anew from an own, shared or public image.",
  routes: ['POST /regions/{region}/instances/{instanceId}/reinstall'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  body: z.strictObject({ imageId: ImageId }),
  response: InstanceView,

  async run({ region, instanceId, imageId }, { changeAs, noteUse }) {
    const [key, image] = [
      { region, instanceId },
      { region, imageId },
    ];
    let isShared = false;
    const instance = await changeAs(region, { images: [image], instances: [key] }, (facts, { at }) => {
      const current = requireInstance(key, facts.instance, facts.holder);
      const { steps, answer } = planReinstall(imageId, current, { image: facts.image, now: at });
      isShared = answer.visibility === 'shared';
      return { steps, answer: instanceView(answer.instance) };
    });
    if (isShared) {
      await noteUse(image, instance.holder);
    }
    return instance;
  },
});

export const handler = serve(reinstallInstance);
