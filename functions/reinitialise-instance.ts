import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views.ts';
import { planReinstall, requireInstance } from '../lib/rules/instances.ts';
import { instanceView } from '../lib/rules/views.ts';

/**
 * Makes a server's system disk anew from the image that it was made from, while the caller still may use it.
 *
 * Refuses with: InstanceNotFound, ImageNotUsable. Rules: received.use, cancel.instances-live, delete.instances-live.
 */
export const reinitialiseInstance = action({
  name: 'ReinitialiseInstance',
  summary: "Makes a server's system disk anew from the image that it was made from.",
  routes: ['POST /regions/{region}/instances/{instanceId}/reinitialise'],
  callers: ['tenant'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  response: InstanceView,

  async run({ region, instanceId }, { changeAs, noteUse }) {
    const key = { region, instanceId };
    let isShared = false;
    const instance = await changeAs(region, { instances: [key], imageOfInstance: true }, (facts, { at }) => {
      const current = requireInstance(key, facts.instance, facts.holder);
      const { steps, answer } = planReinstall(current.imageId, current, { image: facts.image, now: at });
      isShared = answer.visibility === 'shared';
      return { steps, answer: instanceView(answer.instance) };
    });
    if (isShared) {
      await noteUse(instance, instance.holder);
    }
    return instance;
  },
});

export const handler = serve(reinitialiseInstance);
