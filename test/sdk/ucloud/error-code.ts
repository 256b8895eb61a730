import type { Reply } from '../wire-request.ts';
import { parseEnvelope } from './requests.ts';

/** Returns the code of an error, or undefined for a success. Throws if the response doesn't have the cloud's format. */
export function errorCodeOf(reply: Reply): string | undefined {
  const { RetCode } = parseEnvelope(reply);
  return RetCode === 0 ? undefined : String(RetCode);
}
