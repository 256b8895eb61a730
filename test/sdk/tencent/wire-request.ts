/** Requests of API 3.0 sent as they stand to the service in this process, and what comes back. */
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noonSeconds } from '../../support/builders.ts';
import { fetchInProcess, host } from '../../support/in-process.ts';
import type { Key } from '../keys.ts';
import { sendSigned } from '../wire-request.ts';
import { signedV3, type Unsigned } from './signing.ts';

export interface Answered {
  readonly status: number;
  readonly body: { readonly Response: { readonly Error?: { readonly Code: string; readonly Message: string } } };
}

/** Signed now. */
export const request = (parts: Partial<Unsigned>, key: Key): WireRequest =>
  signedV3({ host, timestamp: noonSeconds, ...parts }, key);

export async function sent(signed: WireRequest): Promise<Answered> {
  const answer = await sendSigned(signed, fetchInProcess);
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}
