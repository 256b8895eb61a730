/** Services for the checks over HTTP. All share one running service with a clock of its own; each has accounts of its own. */

import { compute, freshMembers } from '../support/api.ts';
import { noon, type PolicyFixture } from '../support/builders.ts';
import type { Api, Member } from '../support/client.ts';
import { startClockedService } from '../support/service.ts';
import { accountsOf, type Trusted } from './calls.ts';

export interface OverHttp {
  readonly start: (fixture: PolicyFixture) => Promise<Trusted>;
  readonly stop: () => Promise<void>;
}

export async function startOverHttp(): Promise<OverHttp> {
  const { setClock, stop } = await startClockedService(noon);
  let now = noon;
  return {
    stop,
    async start(fixture) {
      const names = accountsOf(fixture);
      const members = await freshMembers(names.length);
      const memberOf = new Map(names.map((name, index) => [name, members[index] as Member]));
      return {
        startedAt: now,
        principalOf: (name) => memberOf.get(name)?.principalIn(fixture.policy) ?? name,
        async pass(seconds) {
          now = new Date(now.getTime() + seconds * 1_000);
          setClock(now);
        },
        cleanUp: async () => {},
        async send(action, fields, account) {
          const api: Api | undefined = account === undefined ? compute() : memberOf.get(account);
          const { status, body } = (await api?.try(action, fields as Record<string, unknown>)) ?? {};
          const { code } = (body ?? {}) as { code?: string };
          return status !== undefined && status < 400 ? ((body ?? {}) as Record<string, unknown>) : (code ?? 'no answer');
        },
      };
    },
  };
}
