import type { WireRequest } from '../wire.ts';

/** The possible values of the signed host: in signature v3, the SDK for Node omits the port and the one for Go doesn't. */
export function hostsOf({ headers: { host = '' } }: WireRequest): readonly string[] {
  return [...new Set([host, host.replace(/:\d+$/, '')])];
}
