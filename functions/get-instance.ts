import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views/instance.ts';
import { requireInstance } from '../lib/rules/instances.ts';
import { instanceView } from '../lib/rules/views.ts';

/** Returns an instance to its owner, even if its image was deleted or is no longer shared. */
export const getInstance = action({
  name: 'GetInstance',
  summary: 'Returns an instance that you own.',
  routes: ['GET /regions/{region}/instances/{instanceId}'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound'],
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  response: InstanceView,

  async run({ region, instanceId }, { readAsPrincipal, store, now }) {
    const key = { region, instanceId };
    const facts = await readAsPrincipal(region, { instances: [key] });
    const instance = requireInstance(key, facts.instance, facts.principal);
    return instanceView(instance, await store.image(instance), now());
  },
});

export const handler = serve(getInstance);
