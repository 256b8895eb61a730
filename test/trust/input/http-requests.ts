/** Random requests to the HTTP API: valid ones in which some parts are replaced. */
import { type Route, requestFor, routes } from '../permissions/requests.ts';
import { imageNames, type World } from '../permissions/world.ts';
import type { Random } from './random.ts';
import { anyValue, jsonOf, texts } from './values.ts';

export interface RandomRequest {
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const headerValue = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '').trim();

export function randomRequest(random: Random, world: World, authorization: string): RandomRequest {
  const route = random.of(routes);
  const subject = { image: random.of(imageNames), isOther: random.once(4) };
  const { method, path, body } = requestFor(route, world, subject, 'owner', {});
  const [bare = '', query = ''] = path.split('?');
  const segments = bare.split('/').map((segment, index) => (index > 2 && random.once(6) ? segmentOf(random) : segment));
  return {
    route,
    method,
    path: `${segments.join('/')}?${randomQuery(random, route, query)}`,
    headers: {
      authorization: random.once(50) ? headerValue(random.of(texts)) : authorization,
      'content-type': random.once(10) ? `a/${random.below(9)}` : 'application/json',
      ...(random.once(4) && { 'idempotency-key': headerValue(random.of(texts)) }),
      ...(random.once(4) && { 'if-match': headerValue(random.of([...texts, '"1"', '*', 'W/"2", "x"'])) }),
    },
    ...(method !== 'GET' && (body !== undefined || random.once(10)) && { body: randomBody(random, route, body ?? {}) }),
  };
}

const segmentOf = (random: Random): string =>
  random.once(3) ? random.of(['%2f', '%00', '%2e%2e', '%0d%0aX-Injected:%201', '%ff', '%', '']) : encoded(random.of(texts));

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function randomQuery(random: Random, { action }: Route, query: string): string {
  const names = [...Object.keys(action.query.shape), 'dryRun', 'project', '__proto__', 'constructor', 'limit'];
  const added = Array.from({ length: random.below(4) }, () => `${encoded(random.of(names))}=${encoded(random.of(texts))}`);
  return [...(query === '' ? [] : [query]), ...added, ...added.slice(0, random.below(2))].join('&');
}

function randomBody(random: Random, { action }: Route, valid: Readonly<Record<string, unknown>>): string {
  if (random.once(15)) {
    return random.of([...texts, jsonOf(anyValue(random))]);
  }
  const names = [...Object.keys(action.body?.shape ?? {}), '__proto__', 'constructor', 'extra'];
  const fields = Object.fromEntries(
    random.some(names).map((name) => [name, random.once(2) ? anyValue(random) : random.of(texts)]),
  );
  const text = jsonOf({ ...valid, ...(random.once(3) ? {} : fields) });
  return random.once(20) ? text.slice(0, random.below(text.length)) : text;
}
