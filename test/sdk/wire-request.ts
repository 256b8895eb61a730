/** Requests of the clouds' SDKs on the wire, and their responses. */
import type { WireRequest } from '../../lib/sdk/wire.ts';
import type { Fetch } from '../support/client.ts';

export interface SentRequest {
  readonly method: 'GET' | 'POST';
  /** Including the query. */
  readonly path: string;
  /** The content type. */
  readonly type?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function send({ method, path, type, body }: SentRequest, fetch: Fetch): Promise<Reply> {
  const response = await fetch(path, {
    method,
    redirect: 'manual',
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Sends a signed request without changes, except for its Host header, which `fetch` sets. */
export const sendSigned = (
  { method, path, query, headers: { host: _, ...headers }, body }: WireRequest,
  fetch: Fetch,
): Promise<Response> =>
  fetch(`${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
