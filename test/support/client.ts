/** A client for the service and fresh accounts to call it with, over any transport. Test files share no accounts. */
import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { importImage } from '../../functions/import-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Action } from '../../lib/app/action.ts';
import { Problem } from '../../lib/http/problem.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import type { InstanceView } from '../../lib/model/views/instance.ts';
import type { NewAccount } from './accounts.ts';
import { policyFixtures, principal } from './builders.ts';
import { requireDeclared } from './declared-codes.ts';

/** A response as received. `body` is its parsed JSON, or undefined if it isn't JSON. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export type ProblemBody = z.output<typeof Problem>;

interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
}

/** The parts of an action's type that a client needs. */
export type Callable<Response extends z.ZodType = z.ZodType> = Omit<
  Action<z.ZodObject, z.ZodObject, z.ZodObject, Response>,
  'run'
> & { run(request: never, context: never): Promise<unknown> };

/** Fields of a call by name. The action's schemas decide whether a field goes into the path, query, or body. */
export type Fields = Readonly<Record<string, unknown>>;

/** The claims of an access token. */
export interface TokenClaims {
  readonly account: string;
  readonly project?: string;
  /** Default: `image-share`. */
  readonly scope?: string;
}

/** OAuth scope names, as the issuer spells them. */
export const scopeNames = { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' } as const;

/** Sends a request to a path below the service's origin. */
export type Fetch = (path: string, request?: RequestInit) => Promise<Response>;

/** How requests reach a service. */
export interface Transport {
  readonly fetch: Fetch;
  readonly tokenOf: (claims: TokenClaims) => Promise<string>;
  /** Creates accounts in the service. */
  readonly createAccounts: (accounts: readonly NewAccount[]) => Promise<void>;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads a response to the end. */
async function readResponse(response: Response): Promise<ApiResponse> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseJson(text) };
}

/** Calls the service with one access token, or without any. */
export class Api {
  readonly #fetch: Fetch;
  readonly #token: () => Promise<string | undefined>;

  constructor(fetch: Fetch, token: () => Promise<string | undefined>) {
    this.#fetch = fetch;
    this.#token = token;
  }

  /** Sends a request to a path below the origin and returns the response, whatever its status. */
  async send(method: string, path: string, { headers = {}, body }: RequestOptions = {}): Promise<ApiResponse> {
    const token = await this.#token();
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await this.#fetch(path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    return readResponse(response);
  }

  /** Calls an action and returns the response, success or not. A success must match the schema, a refusal the problem schema. */
  async try(action: Callable, fields: Fields = {}, headers: RequestOptions['headers'] = {}): Promise<ApiResponse> {
    const { method, path, body } = requestOf(action, fields);
    const response = await this.send(method, path, { headers, body });
    if (response.status >= 400) {
      requireDeclared(action, problemIn(response));
    } else if (response.status !== (fields['dryRun'] === 'true' ? 200 : action.status)) {
      throw new Error(`${action.name} returned ${response.status} instead of ${action.status}`);
    } else if (response.headers.get('x-request-id') === null) {
      throw new Error(`${action.name} returned no x-request-id`);
    }
    return response;
  }

  /** Makes a call that must succeed. */
  async ok<Response extends z.ZodType>(
    action: Callable<Response>,
    fields: Fields = {},
    headers: RequestOptions['headers'] = {},
  ): Promise<z.output<Response>> {
    const response = await this.try(action as Callable, fields, headers);
    if (response.status >= 400) {
      throw new Error(`${action.name} was refused: ${response.text}`);
    }
    return action.response === undefined ? (undefined as z.output<Response>) : action.response.parse(response.body);
  }

  /** Makes a call that must be refused. */
  async refused(action: Callable, fields: Fields = {}, headers: RequestOptions['headers'] = {}): Promise<ProblemBody> {
    const response = await this.try(action, fields, headers);
    if (response.status < 400) {
      throw new Error(`${action.name} was not refused: ${response.status} ${response.text}`);
    }
    return problemIn(response);
  }
}

/** Returns the problem document of a refusal. Throws if the document or a header that every refusal has is missing or wrong. */
export function problemIn({ status, headers, text, body }: ApiResponse): ProblemBody {
  const problem = Problem.safeParse(body);
  const requestId = headers.get('x-request-id');
  if (
    status < 400 ||
    !problem.success ||
    headers.get('content-type') !== 'application/problem+json' ||
    problem.data.status !== status ||
    requestId === null ||
    problem.data.requestId !== requestId
  ) {
    throw new Error(
      `Not a valid problem document: ${status} ${headers.get('content-type')} ${requestId} ${text.slice(0, 2_000)}`,
    );
  }
  return problem.data;
}

/** Builds the HTTP request of a call, for the action's longest route whose path fields are all given and not lists. */
export function requestOf(action: Callable, fields: Fields): { method: string; path: string; body?: unknown } {
  const candidates = action.routes.filter((route) =>
    [...route.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => name in fields && !Array.isArray(fields[name])),
  );
  const [method = '', template = ''] = (candidates.sort((a, b) => b.length - a.length)[0] ?? '').split(' ');
  const inPath = new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));
  const isInBody = (name: string): boolean => Object.hasOwn(action.body?.shape ?? {}, name);
  const rest = Object.entries(fields).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  const query = new URLSearchParams(
    rest
      .filter(([name]) => !isInBody(name))
      .flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, String(item)])),
  );
  return {
    method,
    path: `/v1${path}${query.size === 0 ? '' : `?${query}`}`,
    ...(action.body !== undefined && { body: Object.fromEntries(rest.filter(([name]) => isInBody(name))) }),
  };
}

const cached = (get: () => Promise<string>): (() => Promise<string>) => {
  let value: Promise<string> | undefined;
  return () => {
    value ??= get().catch((failure: unknown) => {
      value = undefined;
      throw failure;
    });
    return value;
  };
};

/** Returns an ID that no other test uses. */
export const freshId = (prefix = 't'): PrincipalId => principal(`${prefix}${randomBytes(6).toString('hex')}`);

/** An account with one project, its default project, and a client that calls as this account. */
export interface Member extends Api {
  readonly account: PrincipalId;
  readonly project: PrincipalId;
  /** The principal that this account has under the policy: the account or its project. */
  readonly principalIn: (policy: Policy) => PrincipalId;
}

class FreshMember extends Api implements Member {
  readonly account = freshId();
  readonly project = freshId('org-');

  constructor({ fetch, tokenOf }: Transport) {
    super(
      fetch,
      cached(() => tokenOf({ account: this.account })),
    );
  }

  principalIn(policy: Policy): PrincipalId {
    return policy.principalKind === 'account' ? this.account : this.project;
  }
}

/** Creates the clients of a service. */
export function createClients(transport: Transport) {
  const { fetch, tokenOf, createAccounts } = transport;
  const apiOf = (claims: TokenClaims): Api =>
    new Api(
      fetch,
      cached(() => tokenOf(claims)),
    );
  /** Creates accounts, each with a project. */
  const freshMembers = async (count: number): Promise<Member[]> => {
    const members = Array.from({ length: count }, () => new FreshMember(transport));
    await createAccounts(members);
    return members;
  };
  return {
    apiOf,
    /** A client with this access token, or without any. */
    withToken: (token?: string): Api => new Api(fetch, async () => token),
    operator: (): Api => apiOf({ account: 'operator', scope: scopeNames.operator }),
    compute: (): Api => apiOf({ account: 'compute', scope: scopeNames.compute }),
    freshMembers,
    async freshMember(): Promise<Member> {
      const [member] = await freshMembers(1);
      return member as Member;
    },
  };
}

export type Clients = ReturnType<typeof createClients>;

/** Runs the work for all items, ten at a time. */
export async function inBatches<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < items.length; index += 10) {
    await Promise.all(items.slice(index, index + 10).map(work));
  }
}

/** One region of each policy. A policy without a region in `regions` throws in builders.ts. */
export const testRegions: readonly { readonly region: string; readonly policy: Policy; readonly name: string }[] =
  policyFixtures.map(({ region, policy }) => ({ region, policy, name: `${region} (${policy.name})` }));

export const anImageOf = (owner: Api, region: string, fields: Fields = {}): Promise<ImageView> =>
  owner.ok(importImage, { region, name: 'web', sizeGiB: 20, ...fields });

/** Shares with the principals and acknowledges the risk, which some regions require. */
export const share = (owner: Api, { region, imageId }: Fields, recipients: readonly string[], fields: Fields = {}) =>
  owner.ok(shareImage, { region, imageId, recipients, acknowledgeRisk: true, ...fields });

export const launch = (principal: Api, { region, imageId }: Fields, fields: Fields = {}): Promise<InstanceView> =>
  principal.ok(runInstance, { region, imageId, ...fields });

/** Repeats a request until its result is as expected. Throws after `requestsMax` requests. */
export async function eventually<Result>(
  send: () => Promise<Result>,
  isExpected: (result: Result) => boolean,
  requestsMax = 5_000,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await send();
    if (isExpected(result)) {
      return result;
    }
    if (attempt === requestsMax) {
      throw new Error(`Not as expected after ${requestsMax} requests: ${JSON.stringify(result)}`);
    }
  }
}

/** Counts the responses by status and code. */
export function tally(responses: readonly ApiResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of responses) {
    const code = typeof body === 'object' && body !== null && 'code' in body ? ` ${body.code}` : '';
    counts[`${status}${code}`] = (counts[`${status}${code}`] ?? 0) + 1;
  }
  return counts;
}
