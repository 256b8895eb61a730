import type { Dialect, Protocol } from '../wire.ts';
import { ecsActions } from './actions.ts';
import { ecsErrors } from './errors.ts';
import { hasRpcParameters, hasV3Authorization } from './recognize.ts';
import { readRpc } from './request-rpc.ts';
import { readV3 } from './request-v3.ts';
import { alwaysJson, requestedFormat, responsesIn } from './response.ts';

const ecs = {
  actions: ecsActions,
  errors: ecsErrors,
  // 15 minutes. Source: help.aliyun.com/document_detail/48054.html, InvalidTimeStamp.Expired.
  clockWindowSeconds: 900,
  firstIndex: 1,
} as const;

/** ECS 2014-05-26 in the V3 protocol, ACS3-HMAC-SHA256. */
export const v3Dialect: Dialect = { ...ecs, read: readV3, ...responsesIn(alwaysJson) };

/** ECS 2014-05-26 in the RPC protocol, HMAC-SHA1 or HMAC-SHA256. */
export const rpcDialect: Dialect = { ...ecs, read: readRpc, ...responsesIn(requestedFormat) };

/** A request names its action in a header (V3) or a parameter (RPC). Older clients send both, but sign only the parameter. */
export const alibabaProtocol: Protocol = {
  dialectOf: (request) => (!hasV3Authorization(request) && hasRpcParameters(request) ? rpcDialect : v3Dialect),
};
