/** Requests sent as they stand to the running service. */
import { XMLParser } from 'fast-xml-parser';
import type { WireRequest } from '../../../lib/clouds/wire.ts';
import { origin } from '../../support/service.ts';

export interface Answered {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** The fields of the answer, from JSON or below the root of XML; the code stands among those of a failure. */
  readonly fields: { readonly Code?: string; readonly Message?: string; readonly [name: string]: unknown };
}

const parser = new XMLParser({ parseTagValue: false });

const fieldsIn = (text: string): Answered['fields'] => {
  if (text.startsWith('{')) {
    return JSON.parse(text);
  }
  const { '?xml': _, ...roots } = parser.parse(text);
  return Object.values(roots)[0] as Answered['fields'];
};

/** Sends the request; its host is the one that it is sent to. */
export async function sent({ method, query, headers: { host: _, ...headers }, body }: WireRequest): Promise<Answered> {
  const answer = await fetch(`${origin()}/${query === '' ? '' : `?${query}`}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, contentType: answer.headers.get('content-type'), text, fields: fieldsIn(text) };
}
