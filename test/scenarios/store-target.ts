import { Problem, problemResponse } from '../../lib/http/problem.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon } from '../support/builders.ts';
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
      const inQuery = (name: string) => Object.hasOwn(action.query.shape, name);
      const sent = Object.entries(fields).map(([name, value]) => [name, inQuery(name) ? asInQuery(value) : value]);
      const calling = { as: account, ...(project !== undefined && { boundTo: project }), scopes: [scope], isDryRun };
      try {
        const answer = await service.call(action, Object.fromEntries(sent), calling);
        return { answer: isDryRun ? { dryRun: true, allowed: true } : answer };
      } catch (refusal) {
        if (!(refusal instanceof ActionError)) {
          throw refusal;
        }
        return { problem: Problem.parse(JSON.parse(String(problemResponse(refusal, 'request-1').body))) };
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
const asInQuery = (value: unknown): unknown => (Array.isArray(value) ? value.map(String) : String(value));
