import { Problem, problemResponse } from '../../lib/http/problem.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon } from '../support/builders.ts';
import { requireDeclared } from '../support/declared-codes.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import type { Target } from './target.ts';

/** Runs the actions on a store, in this process. */
export function storeTarget(store: Store): Target {
  const clock = { at: noon };
  const service = new InMemoryService(store, clock);
  return {
    store,
    setClock: (at) => {
      clock.at = at;
    },
    async call(action, fields, { account, project, scope, isDryRun = false }) {
      const isInQuery = (name: string) => Object.hasOwn(action.query.shape, name);
      const request = Object.entries(fields).map(([name, value]) => [name, isInQuery(name) ? asQueryValue(value) : value]);
      const options = { as: account, ...(project !== undefined && { tokenProject: project }), scopes: [scope], isDryRun };
      try {
        const response = await service.call(action, Object.fromEntries(request), options);
        return { response: isDryRun ? { dryRun: true, allowed: true, ...(action.previews && (response as object)) } : response };
      } catch (error) {
        if (!(error instanceof ActionError)) {
          throw error;
        }
        const problem = Problem.parse(JSON.parse(String(problemResponse(error, 'request-1').body)));
        requireDeclared(action, problem);
        return { problem };
      }
    },
    async cleanUp() {
      const { failed } = await service.cleanUp();
      if (failed.length > 0) {
        throw new Error('The clean-up failed', { cause: failed });
      }
    },
    close: async () => {},
  };
}

/** Formats a query value as it arrives over the wire: text, or a list of texts. */
const asQueryValue = (value: unknown): unknown => (Array.isArray(value) ? value.map(String) : String(value));
