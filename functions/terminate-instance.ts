import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { planTerminate, requireInstance } from '../lib/rules/instances.ts';

/** Records that an instance was terminated. Its image and the shares of its image don't change. */
export const terminateInstance = action({
  name: 'TerminateInstance',
  summary: 'Records that an instance was terminated.',
  routes: ['DELETE /regions/{region}/instances/{instanceId}'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  status: 204,

  run({ region, instanceId }, { changeAsPrincipal }) {
    const key = { region, instanceId };
    return changeAsPrincipal(region, { instances: [key] }, ({ instance, principal }) =>
      planTerminate(requireInstance(key, instance, principal)),
    );
  },
});

export const handler = serve(terminateInstance);
