/** Signs requests of API 3.0 and sends them to the service in this process. */
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noonSeconds } from '../../support/builders.ts';
import { fetchInProcess, host } from '../../support/in-process.ts';
import type { Key } from '../keys.ts';
import { sendSigned } from '../wire-request.ts';
import { signV3, type UnsignedRequest } from './signing.ts';

interface ParsedResponse {
  readonly status: number;
  readonly body: { readonly Response: { readonly Error?: { readonly Code: string; readonly Message: string } } };
}

/** Creates a request that is signed now. */
export const request = (parts: Partial<UnsignedRequest>, key: Key): WireRequest =>
  signV3({ host, timestamp: noonSeconds, ...parts }, key);

export async function send(signed: WireRequest): Promise<ParsedResponse> {
  const response = await sendSigned(signed, fetchInProcess);
  return { status: response.status, body: (await response.json()) as ParsedResponse['body'] };
}
