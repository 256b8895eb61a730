import { handler as cleanUpOrphanedShares } from '../../functions/cleanup-orphaned-shares.ts';
import { scopes } from '../../local/access-token.ts';
import { apiOf, serviceStore } from '../support/api.ts';
import { noon } from '../support/builders.ts';
import { type Api, problemIn } from '../support/client.ts';
import { startClockedService } from '../support/service.ts';
import type { CallOptions, Target } from './target.ts';

/** The running service, with its own clock. The scheduled function runs in this process, on the service's table. */
export async function httpTarget(): Promise<Target> {
  const { setClock, stop, environment } = await startClockedService(noon);
  Object.assign(process.env, environment);
  let currentTime = noon;
  const apis = new Map<string, Api>();
  const apiFor = ({ account, project, scope }: CallOptions): Api => {
    const name = JSON.stringify([account, project, scope]);
    const api = apis.get(name) ?? apiOf({ account, scope: scopes[scope], ...(project !== undefined && { project }) });
    apis.set(name, api);
    return api;
  };
  return {
    store: serviceStore(),
    setClock: (at) => {
      if (at.getTime() !== currentTime.getTime()) {
        setClock(at);
        currentTime = at;
      }
    },
    async call(action, fields, options) {
      const request = { ...fields, ...(options.isDryRun === true && { dryRun: 'true' }) };
      const response = await apiFor(options).try(action, request);
      if (response.status >= 400) {
        return { problem: problemIn(response) };
      }
      const hasSchema = action.response !== undefined && options.isDryRun !== true;
      return { response: hasSchema ? action.response.parse(response.body) : response.body };
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
