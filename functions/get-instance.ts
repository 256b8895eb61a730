import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { InstanceView } from '../lib/model/views.ts';
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

  async run({ region, instanceId }, { readAsPrincipal }) {
    const key = { region, instanceId };
    const { instance, principal } = await readAsPrincipal(region, { instances: [key] });
    return instanceView(requireInstance(key, instance, principal));
  },
});

export const handler = serve(getInstance);
