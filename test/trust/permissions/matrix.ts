/** Makes every call of the table as every caller, and compares how they end. */
import { acceptsProject } from '../../../lib/http/parameters.ts';
import { problemTypes } from '../../../lib/http/problem-types.ts';
import type { ErrorCode } from '../../../lib/model/error.ts';
import { Api, type ApiResponse, type Fetch } from '../../support/client.ts';
import { type Caller, relationTo } from './callers.ts';
import { type HttpRequest, type Route, requestFor, routes, type Subject } from './requests.ts';
import { leaksIn, type Result, withoutIds } from './responses.ts';
import { type Column, type Outcome, outcomeIn, type Row, rows } from './table.ts';
import { type ImageName, imageNames, type World } from './world.ts';

/** The service with a world. */
export interface Place {
  readonly world: World;
  readonly callers: readonly Caller[];
  readonly fetch: Fetch;
  /** Returns the calls of the store since the last time. Absent if the store can't be watched. */
  readonly takeCalls?: () => string[];
}

/** A call as it ended. */
interface Made {
  readonly request: HttpRequest;
  readonly response: ApiResponse;
  readonly storeCalls: readonly string[];
}

/** What a call is about, and where it is made. */
interface Cell {
  readonly place: Place;
  readonly route: Route;
  readonly caller: Caller;
  readonly subject: Subject;
}

/** Makes all calls in one place. Returns the number of calls, and what was wrong with some of them. */
export async function checkPermissions(place: Place): Promise<Result> {
  const violations = [...missingFromTable()];
  let rounds = 0;
  for (const route of routes) {
    const row = rows.get(route.name);
    for (const caller of row === undefined ? [] : place.callers) {
      const unseen = new Map<string, string>();
      for (const subject of subjectsOf(route, row as Row, caller)) {
        const cell = { place, route, caller, subject };
        const name = `${route.name}, ${caller.name}, ${subject.isOther ? 'missing' : subject.image}`;
        const column = columnOf(route, row as Row, caller, subject, place.world);
        const expected = expectedIn(row as Row, column, place.world.fixture.policy.name);
        const made = await makeCalls(place, route, caller, subject);
        rounds += made.length;
        violations.push(...made.flatMap((one) => whatIsWrong(one, expected, cell)).map((text) => `${name}: ${text}`));
        if (column === 'other' && caller.scope === 'tenant') {
          unseen.set(withoutIds(made.map(seen), place.world), name);
        }
      }
      if (unseen.size > 1) {
        violations.push(
          `These calls differ, so they tell what exists: ${[...unseen].map(([text, name]) => `\n${name}: ${text}`)}`,
        );
      }
    }
  }
  return { rounds, violations };
}

const expectedIn = (row: Row, column: ReturnType<typeof columnOf>, policy: string): Outcome => {
  switch (column) {
    case 'Unauthenticated':
    case 'Forbidden':
      return column;
    case 'unknown':
      return row.unknown === undefined ? 'AccountNotFound' : outcomeIn(row, column, policy);
    default:
      return outcomeIn(row, column, policy);
  }
};

/** Every route must be in the table, and every row must be about a route. */
function missingFromTable(): string[] {
  const names = new Set(routes.map(({ name }) => name));
  return [
    ...[...names].filter((name) => !rows.has(name)).map((name) => `${name} is missing in permissions.yaml`),
    ...[...rows.keys()].filter((name) => !names.has(name)).map((name) => `${name} in permissions.yaml is not a route`),
  ];
}

/** Whether the calls of a route are about an image. */
const isAboutImage = ({ name }: Route, { received }: Row): boolean => name.includes('{imageId}') || received !== undefined;

const isRegional = ({ name }: Route): boolean => name.includes('{region}') || name === 'GET /records';

/** What to make the call about: all images, or the owner's resource and one that doesn't exist. */
function subjectsOf(route: Route, row: Row, caller: Caller): readonly Subject[] {
  const own: Subject = { image: 'private', isOther: false };
  if (row.scopes.length === 0 || isRefusedUnread(route, caller)) {
    return [own];
  }
  if (isAboutImage(route, row)) {
    return imageNames.map((image) => ({ image, isOther: false }));
  }
  return row.other === undefined ? [own] : [own, { ...own, isOther: true }];
}

/** Returns the column of the table that a call belongs to, or how it ends for its caller whatever it is about. */
function columnOf(
  route: Route,
  row: Row,
  { scope, isInvalid = false, ...caller }: Caller,
  { image, isOther }: Subject,
  { fixture: { policy } }: World,
): Column | 'Unauthenticated' | 'Forbidden' {
  if (row.scopes.length === 0) {
    return 'any';
  }
  if (isInvalid) {
    return 'Unauthenticated';
  }
  if (scope === undefined || !row.scopes.includes(scope)) {
    return 'Forbidden';
  }
  if (scope !== 'tenant') {
    return columnOfService(scope, image, isAboutImage(route, row), isOther);
  }
  if (caller.account === 'closed' || caller.account === 'unknown') {
    return row[caller.account] === undefined && caller.account === 'closed' ? 'Forbidden' : caller.account;
  }
  if (caller.isLimited === true) {
    if (!isRegional(route)) {
      return row.limited === undefined ? 'Forbidden' : 'limited';
    }
    if (policy.principalKind === 'account') {
      return 'Forbidden';
    }
  }
  if (isAboutImage(route, row)) {
    return relationTo(image, caller, policy.principalKind);
  }
  const isOwn =
    relationTo('private', isRegional(route) ? caller : { ...caller, project: 'default' }, policy.principalKind) === 'own';
  return row.other !== undefined && (isOther || !isOwn) ? 'other' : 'own';
}

function columnOfService(scope: 'compute' | 'operator', image: ImageName, isImage: boolean, isOther: boolean): Column {
  if (!isImage) {
    return isOther ? 'other' : 'any';
  }
  const isThere = scope === 'operator' ? image === 'public' : image !== 'deleted' && image !== 'missing';
  return isThere ? 'any' : image === 'missing' ? 'missing' : 'other';
}

/** Whether the credentials alone decide that the call is refused, before anything is read. */
function isRefusedUnread({ name }: Route, { scope }: Caller): boolean {
  const { scopes } = rows.get(name) as Row;
  return scopes.length > 0 && (scope === undefined || !scopes.includes(scope));
}

/** Makes a call: a change first as a dry run, and then, if that is refused, for real. */
async function makeCalls({ world, fetch, takeCalls }: Place, route: Route, caller: Caller, subject: Subject): Promise<Made[]> {
  const { action } = route;
  const { account = 'owner' } = caller;
  const isNamed = caller.project !== undefined && caller.isLimited !== true && acceptsProject(action, accountIn(route));
  const query = {
    ...(isNamed && { project: world.otherProject }),
    ...(action.name === 'CheckImageAccess' && caller.scope === 'compute' && { principal: world.principalOf('recipient') }),
  };
  const api = new Api(fetch, async () => undefined);
  const make = async (request: HttpRequest): Promise<Made> => {
    const { method, path, body } = request;
    const headers = caller.authorization === undefined ? {} : { authorization: caller.authorization };
    takeCalls?.();
    const response = await api.send(method, path, { headers, ...(body !== undefined && { body }) });
    return { request, response, storeCalls: takeCalls?.() ?? [] };
  };
  if (!action.changes || isRefusedUnread(route, caller)) {
    return [await make(requestFor(route, world, subject, account, query))];
  }
  const trial = await make(requestFor(route, world, subject, account, { ...query, dryRun: 'true' }));
  return trial.response.status < 400 ? [trial] : [trial, await make(requestFor(route, world, subject, account, query))];
}

const accountIn = ({ name }: Route) => (name.includes('{accountId}') ? { accountId: '' } : {});

/** Returns what is wrong with a call. */
function whatIsWrong(
  { request, response, storeCalls }: Made,
  expected: Outcome,
  { place, route, caller, subject }: Cell,
): string[] {
  const { world } = place;
  const { status, body, text } = response;
  const { code, allowed, dryRun } = (body ?? {}) as { code?: string; allowed?: boolean; dryRun?: boolean };
  const isListed = text.includes(world.images[subject.image]);
  const success = route.action.changes ? 200 : route.action.status;
  const endings: Readonly<Record<string, boolean>> = {
    yes: status === success && (dryRun === true) === route.action.changes,
    listed: status === success && isListed,
    hidden: status === success && !isListed,
    allowed: status === success && allowed === true,
    denied: status === success && allowed === false,
  };
  const isExpected = endings[expected] ?? (status === problemTypes[expected as ErrorCode].status && code === expected);
  return [
    ...(isExpected ? [] : [`expected ${expected}, but got ${status} ${text.slice(0, 300)}`]),
    ...(isRefusedUnread(route, caller) && storeCalls.length > 0 ? [`read something first: ${storeCalls}`] : []),
    ...storeCalls.filter((call) => call.startsWith('commit ')).map((call) => `wrote something: ${call}`),
    ...(caller.scope === 'tenant' ? leaksIn(request, text, caller, world) : []).map((leak) => `reveals ${leak}`),
  ];
}

/** What its caller and the store see of a call. */
const seen = ({ response: { status, headers, text }, storeCalls }: Made): string =>
  [
    status,
    ...[...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date'),
    text.replace(headers.get('x-request-id') ?? '', ''),
    ...storeCalls,
  ].join(' ');
