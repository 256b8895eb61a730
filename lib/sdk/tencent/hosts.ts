import type { WireRequest } from '../wire.ts';

/** The host as a client may have signed it: the SDK for Node leaves the port out in signature v3, the one for Go does not. */
export function hostsOf({ headers: { host = '' } }: WireRequest): readonly string[] {
  return [...new Set([host, host.replace(/:\d+$/, '')])];
}
