/**
 * A client of the service, and fresh accounts to call it as, whatever carries its requests. Nothing is shared between test files.
 */
import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { importImage } from '../../functions/import-image.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Action } from '../../lib/app/action.ts';
import { Problem } from '../../lib/http/problem.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { ImageView, InstanceView } from '../../lib/model/views.ts';
import type { KnownAccount } from './accounts.ts';
import { principal, region as regionNamed, regions } from './builders.ts';
import { requireStated } from './stated-codes.ts';

/** An answer as it came over the wire; `body` is its JSON, or undefined where it has none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export type ProblemBody = z.output<typeof Problem>;

interface SentRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text or bytes, otherwise as JSON. */
  readonly body?: unknown;
}

/** The action's type, as far as a client needs it. */
export type Callable<Response extends z.ZodType = z.ZodType> = Omit<
  Action<z.ZodObject, z.ZodObject, z.ZodObject, Response>,
  'run'
> & { run(request: never, context: never): Promise<unknown> };

/** Fields of a call by name; each goes where the action's schemas have it: path, query or body. */
export type Fields = Readonly<Record<string, unknown>>;

/** What every access token is asked for with. */
export interface AskedToken {
  readonly account: string;
  readonly project?: string;
  /** `image-share` unless it says otherwise. */
  readonly scope?: string;
}

/** What the issuer calls each scope. */
export const scopeNames = { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' } as const;

/** Sends a request to a path below the service's origin, and gives what comes back. */
export type Fetch = (path: string, request?: RequestInit) => Promise<Response>;

/** What carries requests to a service. */
export interface Carrier {
  readonly fetch: Fetch;
  readonly tokenOf: (asked: AskedToken) => Promise<string>;
  /** Makes accounts known to the service. */
  readonly know: (accounts: readonly KnownAccount[]) => Promise<void>;
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads an answer to its end. */
async function answerIn(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: json(text) };
}

/** Calls the service with one access token, or with none. */
export class Api {
  readonly #fetch: Fetch;
  readonly #token: () => Promise<string | undefined>;

  constructor(fetch: Fetch, token: () => Promise<string | undefined>) {
    this.#fetch = fetch;
    this.#token = token;
  }

  /** Sends a request to a path below the origin and gives whatever comes back. */
  async send(method: string, path: string, { headers = {}, body }: SentRequest = {}): Promise<Answer> {
    const token = await this.#token();
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await this.#fetch(path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    return answerIn(answer);
  }

  /** Makes the call of an action, whatever comes of it. A success conforms to its schema, a refusal is a problem. */
  async try(action: Callable, fields: Fields = {}, headers: SentRequest['headers'] = {}): Promise<Answer> {
    const { method, path, body } = requestOf(action, fields);
    const answer = await this.send(method, path, { headers, body });
    if (answer.status >= 400) {
      requireStated(action, problemIn(answer));
    } else if (answer.status !== (fields['dryRun'] === 'true' ? 200 : action.status)) {
      throw new Error(`${action.name} answers ${answer.status} where ${action.status} is promised`);
    } else if (answer.headers.get('x-request-id') === null) {
      throw new Error(`${action.name} answers without x-request-id`);
    }
    return answer;
  }

  /** Makes a call that has to succeed. */
  async ok<Response extends z.ZodType>(
    action: Callable<Response>,
    fields: Fields = {},
    headers: SentRequest['headers'] = {},
  ): Promise<z.output<Response>> {
    const answer = await this.try(action as Callable, fields, headers);
    if (answer.status >= 400) {
      throw new Error(`${action.name} was refused: ${answer.text}`);
    }
    return action.response === undefined ? (undefined as z.output<Response>) : action.response.parse(answer.body);
  }

  /** Makes a call that has to be refused. */
  async refused(action: Callable, fields: Fields = {}, headers: SentRequest['headers'] = {}): Promise<ProblemBody> {
    const answer = await this.try(action, fields, headers);
    if (answer.status < 400) {
      throw new Error(`${action.name} was not refused: ${answer.status} ${answer.text}`);
    }
    return problemIn(answer);
  }
}

/** The problem document in a refusal, with everything that each of them has to have. */
export function problemIn({ status, headers, text, body }: Answer): ProblemBody {
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
    throw new Error(`This is no problem document: ${status} ${headers.get('content-type')} ${requestId} ${text.slice(0, 2_000)}`);
  }
  return problem.data;
}

/** The request as it stands on the wire: of an action's routes the one that has the most of the fields in its path, where no lists are. */
export function requestOf(action: Callable, fields: Fields): { method: string; path: string; body?: unknown } {
  const fits = action.routes.filter((route) =>
    [...route.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => name in fields && !Array.isArray(fields[name])),
  );
  const [method = '', template = ''] = (fits.sort((a, b) => b.length - a.length)[0] ?? '').split(' ');
  const inPath = new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])));
  const inBody = (name: string): boolean => Object.hasOwn(action.body?.shape ?? {}, name);
  const rest = Object.entries(fields).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  const query = new URLSearchParams(
    rest
      .filter(([name]) => !inBody(name))
      .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])),
  );
  return {
    method,
    path: `/v1${path}${query.size === 0 ? '' : `?${query}`}`,
    ...(action.body !== undefined && { body: Object.fromEntries(rest.filter(([name]) => inBody(name))) }),
  };
}

const cached = (get: () => Promise<string>): (() => Promise<string>) => {
  let value: Promise<string> | undefined;
  return () => {
    value ??= get();
    return value;
  };
};

/** An id that no other test uses. */
export const freshId = (prefix = 't'): PrincipalId => principal(`${prefix}${randomBytes(6).toString('hex')}`);

/** An account with one project, which is its default one, and a client that calls as it. */
export interface Member extends Api {
  readonly account: PrincipalId;
  readonly project: PrincipalId;
  /** Who it is where such a policy holds. */
  readonly principalIn: (policy: Policy) => PrincipalId;
}

class FreshMember extends Api implements Member {
  readonly account = freshId();
  readonly project = freshId('org-');

  constructor({ fetch, tokenOf }: Carrier) {
    super(
      fetch,
      cached(() => tokenOf({ account: this.account })),
    );
  }

  principalIn(policy: Policy): PrincipalId {
    return policy.principalKind === 'account' ? this.account : this.project;
  }
}

/** The clients of a service. */
export function clientsOf(carrier: Carrier) {
  const { fetch, tokenOf, know } = carrier;
  const apiOf = (asked: AskedToken): Api =>
    new Api(
      fetch,
      cached(() => tokenOf(asked)),
    );
  /** Makes so many accounts known, each with a project. */
  const freshMembers = async (count: number): Promise<Member[]> => {
    const members = Array.from({ length: count }, () => new FreshMember(carrier));
    await know(members);
    return members;
  };
  return {
    apiOf,
    /** A client that calls with this access token, or with none. */
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

export type Clients = ReturnType<typeof clientsOf>;

/** Does it for all of them, ten at a time. */
export async function inBatches<One>(all: readonly One[], work: (one: One) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += 10) {
    await Promise.all(all.slice(at, at + 10).map(work));
  }
}

/** One region of each policy. */
export const places = ['ap-guangzhou', 'cn-hangzhou', 'cn-bj2'].map((region) => {
  const policy = regions.get(regionNamed(region));
  if (policy === undefined) {
    throw new Error(`There is no region ${region}`);
  }
  return { region, policy, name: `${region} (${policy.name})` };
});

export const anImageOf = (owner: Api, region: string, fields: Fields = {}): Promise<ImageView> =>
  owner.ok(importImage, { region, name: 'web', sizeGiB: 20, ...fields });

/** Shares with the principals; the risk is acknowledged, as some regions want it. */
export const share = (owner: Api, { region, imageId }: Fields, recipients: readonly string[], fields: Fields = {}) =>
  owner.ok(shareImage, { region, imageId, recipients, acknowledgeRisk: true, ...fields });

export const launch = (principal: Api, { region, imageId }: Fields, fields: Fields = {}): Promise<InstanceView> =>
  principal.ok(runInstance, { region, imageId, ...fields });

/** Asks again until the answer is as wanted; gives up after so many requests and throws. */
export async function eventually<Found>(
  ask: () => Promise<Found>,
  isWanted: (found: Found) => boolean,
  requestsMax = 5_000,
): Promise<Found> {
  for (let request = 1; ; request += 1) {
    const found = await ask();
    if (isWanted(found)) {
      return found;
    }
    if (request === requestsMax) {
      throw new Error(`Not as wanted after ${requestsMax} requests: ${JSON.stringify(found)}`);
    }
  }
}

/** How often each status and code was answered. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const code = typeof body === 'object' && body !== null && 'code' in body ? ` ${body.code}` : '';
    counts[`${status}${code}`] = (counts[`${status}${code}`] ?? 0) + 1;
  }
  return counts;
}
