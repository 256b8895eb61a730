/** Sends signed requests and parses their responses. */
import { XMLParser } from 'fast-xml-parser';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import type { Fetch } from '../../support/client.ts';
import { sendSigned } from '../wire-request.ts';

export interface ParsedResponse {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** The fields of the JSON object or of the root element of the XML. */
  readonly fields: { readonly Code?: string; readonly Message?: string; readonly [name: string]: unknown };
}

const parser = new XMLParser({ parseTagValue: false });

const parseFields = (text: string): ParsedResponse['fields'] => {
  if (text.startsWith('{')) {
    return JSON.parse(text);
  }
  const { '?xml': _, ...roots } = parser.parse(text);
  return Object.values(roots)[0] as ParsedResponse['fields'];
};

/** Sends a request without changes, except for its Host header, which `fetch` sets. */
export async function sent(request: WireRequest, fetch: Fetch): Promise<ParsedResponse> {
  const response = await sendSigned(request, fetch);
  const text = await response.text();
  return { status: response.status, contentType: response.headers.get('content-type'), text, fields: parseFields(text) };
}
