/** Requests of the clouds' SDKs as they go over the wire, and what comes back. */
import { origin } from '../support/service.ts';

/** A request as it goes over the wire. */
export interface Sent {
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
export async function send({ method, path, type, body }: Sent): Promise<Reply> {
  const answer = await fetch(`${origin()}${path}`, {
    method,
    redirect: 'manual',
    ...(type !== undefined && { headers: { 'content-type': type } }),
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
