import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { InstanceId, Region } from '../lib/model/ids.ts';
import { planTerminate, requireInstance } from '../lib/rules/instances.ts';

/** Notes that a server is gone. */
export const terminateInstance = action({
  name: 'TerminateInstance',
  summary: 'Ends a server.',
  routes: ['DELETE /regions/{region}/instances/{instanceId}'],
  callers: ['tenant'],
  refuses: ['InstanceNotFound'],
  changes: true,
  path: z.strictObject({ region: Region, instanceId: InstanceId }),
  status: 204,

  run({ region, instanceId }, { changeAs }) {
    const key = { region, instanceId };
    return changeAs(region, { instances: [key] }, ({ instance, holder }) =>
      planTerminate(requireInstance(key, instance, holder)),
    );
  },
});

export const handler = serve(terminateInstance);
