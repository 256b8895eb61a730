/** What calls cost in DynamoDB: their requests, and the units that DynamoDB reports for them. */
import type * as z from 'zod';
import type { DocumentClient } from '../../lib/table/document-client.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { type CallOptions, InMemoryService, type Runnable } from '../../test/support/in-memory-service.ts';

export interface Cost {
  /** The requests to DynamoDB, such as `BatchGet + TransactWrite` or `BatchGet + 2 Query`. */
  readonly requests: string;
  /** Read units: one for a strongly consistent read of at most 4 KB. */
  readonly reads: number;
  /** Write units, with those of the index: one for 1 KB, twice as many in a transaction. */
  readonly writes: number;
}

/** The account that makes the measured calls, unless they are another account's. */
export const owner = '100000000001';

interface ReportedCapacity {
  readonly CapacityUnits?: number;
}

/** A service on a table of its own. It measures the calls that are made through `measure`. */
export class Meter {
  readonly service: InMemoryService;
  /** By the name of the action, and what is special about the call. */
  readonly costs = new Map<string, Cost>();
  #requests: string[] = [];
  #reads = 0;
  #writes = 0;

  constructor(client: DocumentClient, table: string) {
    this.service = new InMemoryService(new DynamoDBStore(this.#metered(client), table));
  }

  /** Makes a call and measures it. */
  readonly measure = async <Response>(name: string, call: () => Promise<Response>): Promise<Response> => {
    this.#reset();
    const response = await call();
    if (this.costs.has(name)) {
      throw new Error(`${name} is measured twice`);
    }
    this.costs.set(name, { requests: counted(this.#requests), reads: this.#reads, writes: this.#writes });
    return response;
  };

  /** Makes a call of an action as `InMemoryService.call` does, and measures it. `what` is what is special about it. */
  call<Response extends z.ZodType>(
    what: string,
    action: Runnable<Response>,
    fields: Readonly<Record<string, unknown>>,
    options: CallOptions = {},
  ): Promise<z.output<Response>> {
    const name = what === '' ? action.name : `${action.name}, ${what}`;
    return this.measure(name, () => this.service.call(action, fields, { as: owner, ...options }));
  }

  #reset(): void {
    this.#requests = [];
    this.#reads = 0;
    this.#writes = 0;
  }

  #metered(client: DocumentClient): DocumentClient {
    const send = async (command: { input: object; constructor: { name: string } }) => {
      const name = command.constructor.name.replace(/Command$/, '');
      this.#requests.push(name);
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
      const response = (await client.send(command as never)) as { ConsumedCapacity?: ReportedCapacity | ReportedCapacity[] };
      const units = [response.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      if (['Get', 'BatchGet', 'Query', 'Scan'].includes(name)) {
        this.#reads += units;
      } else {
        this.#writes += units;
      }
      return response;
    };
    return { send } as unknown as DocumentClient;
  }
}

/** Counts names, in the order in which they first occur. Requests that are made at the same time have no other order. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} ${name}`)).join(' + ') || 'none';
}
