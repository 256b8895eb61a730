/** Requests sent as they stand, and what comes back. */
import { XMLParser } from 'fast-xml-parser';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import type { Fetch } from '../../support/client.ts';
import { sendSigned } from '../wire-request.ts';

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
export async function sent(request: WireRequest, fetch: Fetch): Promise<Answered> {
  const answer = await sendSigned(request, fetch);
  const text = await answer.text();
  return { status: answer.status, contentType: answer.headers.get('content-type'), text, fields: fieldsIn(text) };
}
