import { readdirSync, readFileSync } from 'node:fs';
import { ucloudProtocol } from '../../../lib/sdk/ucloud/protocol.ts';
import type { WireAction, WireRequest } from '../../../lib/sdk/wire.ts';
import { fixedService } from './fixed-service.ts';

interface Golden {
  readonly action: string;
  readonly parameters: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}
interface GoldenFailure {
  readonly request: { readonly query?: string; readonly body?: string };
  readonly failure: { readonly code: string; readonly message: string };
  readonly response: Record<string, unknown>;
}

const folder = new URL('golden/', import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const successes: readonly Golden[] = readdirSync(folder)
  .filter((name) => name !== 'failures.json')
  .map(json);
const failures: readonly GoldenFailure[] = json('failures.json');

const requestOf = ({ query = '', body = '' }): WireRequest => ({
  method: 'POST',
  path: '/',
  query,
  headers: {},
  body: Buffer.from(body),
});

const requestId = 'f1b6ae5c-5d0c-4ad4-b9f9-8f7a2bb2ee0c';
const headers = { 'content-type': 'application/json', 'x-ucloud-request-uuid': requestId };
const dialect = ucloudProtocol.dialectOf(requestOf({}));

describe('golden successes', () => {
  it('exist for every action', () => {
    expect(successes.map(({ action }) => action).sort()).toEqual(Object.keys(dialect.actions).sort());
  });

  it.each(successes)('match exactly: $action', async ({ action, parameters, response }) => {
    const { parameters: schema, run } = dialect.actions[action] as WireAction;

    const fields = await run(schema.parse(parameters) as never, fixedService);

    expect(dialect.success(requestOf({}), { action, fields, requestId })).toEqual({
      status: 200,
      headers,
      body: JSON.stringify(response),
    });
  });
});

describe('golden errors', () => {
  it.each(failures)('match exactly: $response', ({ request, failure: { code, message }, response }) => {
    expect(dialect.failure(requestOf(request), { error: { code }, message, requestId })).toEqual({
      status: 200,
      headers,
      body: JSON.stringify(response),
    });
  });
});
