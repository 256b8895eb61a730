/** Services for the checks over HTTP. All share one running service with a clock of its own; each has accounts of its own. */

import { compute, freshMembers } from '../support/api.ts';
import { noon, type PolicyFixture } from '../support/builders.ts';
import { startClockedService } from '../support/service.ts';
import type { TestedService } from './calls.ts';
import { serviceOver } from './over-clients.ts';

export interface OverHttp {
  readonly start: (fixture: PolicyFixture) => Promise<TestedService>;
  readonly stop: () => Promise<void>;
}

export async function startOverHttp(): Promise<OverHttp> {
  const { setClock, stop } = await startClockedService(noon);
  let now = noon;
  return {
    stop,
    async start(fixture) {
      const pass = async (seconds: number): Promise<void> => {
        now = new Date(now.getTime() + seconds * 1_000);
        setClock(now);
      };
      return { ...(await serviceOver({ compute, freshMembers }, fixture)), startedAt: now, pass };
    },
  };
}
