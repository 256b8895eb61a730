import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { InMemoryService } from '../../test/support/in-memory-service.ts';
import { inProcess } from '../../test/support/in-process.ts';
import type { Call } from '../stats.ts';
import type { ApiRequest } from './operations.ts';

interface Command {
  readonly input: object;
  readonly constructor: { readonly name: string };
}
type CommandClass = new (input: object) => never;

/**
 * The least that a call can take: the same requests to DynamoDB, sent one after another with the official SDK in its default
 * settings. They are recorded from the call, whose writes are recorded without being sent, so that they can be sent later.
 */
export class Floor {
  readonly #client: DynamoDBDocumentClient;
  readonly #recorded: Command[] = [];
  readonly #transport: ReturnType<typeof inProcess>;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    const send = async (command: Command): Promise<object> => {
      this.#recorded.push(command);
      const isRead = /^(Get|BatchGet|Query)Command$/.test(command.constructor.name);
      return isRead ? client.send(command as never) : {};
    };
    const store = new DynamoDBStore({ send } as never, table);
    this.#transport = inProcess(new InMemoryService(store, { at: new Date() }));
  }

  /** Returns the requests to DynamoDB that this request causes, as a call. */
  async callOf({ method, path, body, account, scope, status }: ApiRequest): Promise<Call> {
    const token = await this.#transport.tokenOf({ account, scope });
    const response = await this.#transport.fetch(`/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.status !== status) {
      throw new Error(`${method} ${path}: ${response.status}: ${await response.text()}`);
    }
    const commands = this.#recorded.splice(0);
    return async () => {
      for (const command of commands) {
        const { constructor: Command } = command as unknown as { constructor: CommandClass };
        await this.#client.send(new Command(command.input));
      }
    };
  }
}
