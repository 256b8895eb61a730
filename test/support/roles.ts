/** The permissions of each function's role, from serverless.yml, and a DynamoDB client that refuses what a role doesn't permit. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DocumentClient } from '../../lib/table/document-client.ts';

type Input = Readonly<Record<string, unknown>> & {
  readonly IndexName?: string;
  readonly TransactItems?: readonly Readonly<Record<string, unknown>>[];
};

const definition = parse(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8')) as {
  readonly functions: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, readonly string[]>> }>>;
};

/** For each function, what its role permits: a resource and an operation of its service, such as `table GetItem`. */
export const permissions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(definition.functions).map(([name, { permissions: granted = {} }]) => [
    name,
    new Set(
      Object.entries(granted).flatMap(([resource, operations]) => operations.map((operation) => `${resource} ${operation}`)),
    ),
  ]),
);

/** The permissions that a DynamoDB command requires. */
function required(command: string, { IndexName, TransactItems }: Input): string[] {
  switch (command) {
    case 'TransactWrite':
      return (TransactItems ?? []).flatMap((item) =>
        Object.keys(item).map(
          (operation) => `table ${operation === 'ConditionCheck' ? 'ConditionCheckItem' : `${operation}Item`}`,
        ),
      );
    case 'Query':
    case 'Scan':
      return [`${IndexName === undefined ? 'table' : 'index'} ${command}`];
    default:
      return [`table ${command}Item`];
  }
}

const running = new AsyncLocalStorage<string | undefined>();

/** Runs something as a function with its role; as undefined, with all permissions. */
export const runAs = <Result>(functionName: string | undefined, run: () => Result): Result => running.run(functionName, run);

/** Wraps a client. While a function runs, commands that its role doesn't permit fail, and `used` gets its permissions used. */
export function limitedToRoles(client: DocumentClient, used: Map<string, Set<string>>): DocumentClient {
  const send = (command: { input: Input; constructor: { name: string } }) => {
    const name = running.getStore();
    if (name !== undefined) {
      const needs = required(command.constructor.name.replace(/Command$/, ''), command.input);
      const denied = needs.filter((permission) => permissions.get(name)?.has(permission) !== true);
      if (denied.length > 0) {
        throw new Error(`The role of the function ${name} doesn't permit ${denied[0]}`);
      }
      used.set(name, new Set([...(used.get(name) ?? []), ...needs]));
    }
    return client.send(command as never);
  };
  return { send } as unknown as DocumentClient;
}
