import { handler as cleanUpOrphanedShares } from '../../functions/cleanup-orphaned-shares.ts';
import { scopes } from '../../local/issuer.ts';
import { apiOf, serviceStore } from '../support/api.ts';
import { noon } from '../support/builders.ts';
import { type Api, problemIn } from '../support/client.ts';
import { startClockedService } from '../support/service.ts';
import type { Calling, Target } from './target.ts';

/** The running service, with its own clock. The scheduled function runs in this process, on the service's table. */
export async function httpTarget(): Promise<Target> {
  const { setClock, stop, environment } = await startClockedService(noon);
  Object.assign(process.env, environment);
  let standsAt = noon;
  const apis = new Map<string, Api>();
  const apiFor = ({ account, project, scope }: Calling): Api => {
    const name = JSON.stringify([account, project, scope]);
    const api = apis.get(name) ?? apiOf({ account, scope: scopes[scope], ...(project !== undefined && { project }) });
    apis.set(name, api);
    return api;
  };
  return {
    store: serviceStore(),
    setClock: (at) => {
      if (at.getTime() !== standsAt.getTime()) {
        setClock(at);
        standsAt = at;
      }
    },
    async call(action, fields, calling) {
      const sent = { ...fields, ...(calling.isDryRun === true && { dryRun: 'true' }) };
      const answer = await apiFor(calling).try(action, sent);
      if (answer.status >= 400) {
        return { problem: problemIn(answer) };
      }
      const isShaped = action.response !== undefined && calling.isDryRun !== true;
      return { answer: isShaped ? action.response.parse(answer.body) : answer.body };
    },
    async cleanUp() {
      const { failed } = await cleanUpOrphanedShares(undefined, {
        awsRequestId: 'clean-up',
        getRemainingTimeInMillis: () => 60_000,
      });
      if (failed > 0) {
        throw new Error('The clean-up failed');
      }
    },
    close: stop,
  };
}
