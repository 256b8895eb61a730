/** Requests of the clouds' SDKs as they go over the wire, and what comes back. */
import type { WireRequest } from '../../lib/sdk/wire.ts';
import type { Fetch } from '../support/client.ts';

/** A request as it goes over the wire. */
export interface SentRequest {
  readonly method: 'GET' | 'POST';
  /** With the query. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request as it is. */
export async function send({ method, path, type, body }: SentRequest, fetch: Fetch): Promise<Reply> {
  const answer = await fetch(path, {
    method,
    redirect: 'manual',
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Sends a signed request as it is; its host is the one that it is sent to. */
export const sendSigned = (
  { method, path, query, headers: { host: _, ...headers }, body }: WireRequest,
  fetch: Fetch,
): Promise<Response> =>
  fetch(`${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
