import type { Dialect, Protocol, WireRequest } from '../wire.ts';
import { ecsActions } from './actions.ts';
import { ecsErrors } from './errors.ts';
import { statedIn, statedValue } from './request.ts';
import { readRpc } from './request-rpc.ts';
import { readV3 } from './request-v3.ts';
import { alwaysJson, asFormatAsks, responsesIn } from './response.ts';

const ecs = {
  actions: ecsActions,
  errors: ecsErrors,
  // A request is believed for 15 minutes: help.aliyun.com/document_detail/48054.html, InvalidTimeStamp.Expired.
  clockWindowSeconds: 900,
  firstIndex: 1,
} as const;

/** ECS 2014-05-26 in the V3 protocol, ACS3-HMAC-SHA256. */
export const v3Dialect: Dialect = { ...ecs, read: readV3, ...responsesIn(alwaysJson) };

/** ECS 2014-05-26 in the RPC protocol, HMAC-SHA1 or HMAC-SHA256. */
export const rpcDialect: Dialect = { ...ecs, read: readRpc, ...responsesIn(asFormatAsks) };

const isSignedByHeader = ({ headers }: WireRequest): boolean => /^\s*ACS3-/i.test(headers['authorization'] ?? '');

const namesKeyInParameters = (request: WireRequest): boolean => {
  const stated = statedIn(request);
  return ['AccessKeyId', 'SignatureNonce'].some((name) => statedValue(stated, name) !== undefined);
};

/** Alibaba Cloud's: a request names its action in a header or a parameter. Older clients state both and sign the parameter. */
export const alibabaProtocol: Protocol = {
  recognizes: (request) =>
    isSignedByHeader(request) || request.headers['x-acs-action'] !== undefined || namesKeyInParameters(request),
  dialectOf: (request) => (!isSignedByHeader(request) && namesKeyInParameters(request) ? rpcDialect : v3Dialect),
};
