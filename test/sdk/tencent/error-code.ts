import type { Reply } from '../wire-request.ts';

/** Returns the code of an error, or undefined for a success. Throws if the response doesn't have the cloud's format. */
export function errorCodeOf({ status, headers, text }: Reply): string | undefined {
  const body = status === 200 ? JSON.parse(text) : undefined;
  const isLegacy = typeof body?.code === 'number' && typeof body.message === 'string';
  const hasEnvelope = isLegacy || typeof body?.Response?.RequestId === 'string';
  if (!hasEnvelope || headers.get('content-type')?.startsWith('application/json') !== true) {
    throw new Error(`Not a response of Tencent Cloud: ${status} ${text.slice(0, 1_000)}`);
  }
  return isLegacy ? (body.code === 0 ? undefined : String(body.code)) : body.Response.Error?.Code;
}
