import type { HttpCall } from './preview.ts';

/** A field of a call: a text, number, or flag, or a list of texts or of entries with fields of their own. */
export type Fields = Readonly<Record<string, unknown>>;

export interface CallFields {
  /** The change, such as `DELETE /v1/regions/{region}/images/{imageId}`. */
  readonly route: string;
  /** Of path, query, and body, without the project that calls. */
  readonly fields: Fields;
  readonly project: string | undefined;
  /** Whether the call checks the revision of the image. */
  readonly hasRevision: boolean;
}

/** Tags by key become entries, so that they are a list as others are. */
const listOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([key, content]) => ({ key, value: content }))
    : value;

const pathPattern = (route: string): RegExp =>
  new RegExp(`^${route.slice(route.indexOf('/')).replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** The fields of a call of one of the routes. Undefined for any other call. */
export function fieldsOf({ method, url, headers, body }: HttpCall, routes: readonly string[]): CallFields | undefined {
  const { pathname, searchParams } = new URL(url);
  const route = routes.find((one) => one.startsWith(`${method} `) && pathPattern(one).test(pathname));
  if (route === undefined) {
    return undefined;
  }
  const inPath = Object.entries(pathPattern(route).exec(pathname)?.groups ?? {});
  const { project, recipient, ...query } = Object.fromEntries(searchParams);
  const content: Fields = body === '' ? {} : JSON.parse(body);
  return {
    route,
    fields: {
      ...Object.fromEntries(inPath.map(([name, value]) => [name, decodeURIComponent(value)])),
      ...query,
      ...(recipient !== undefined && { recipient: searchParams.getAll('recipient') }),
      ...Object.fromEntries(Object.entries(content).map(([name, value]) => [name, listOf(value)])),
    },
    project,
    hasRevision: headers.some(([name]) => name === 'if-match'),
  };
}
