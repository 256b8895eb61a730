/** Tells the requests of this cloud, and its two protocols. */
import type { WireRequest } from '../wire.ts';
import { parameterValue, requestParameters } from './request.ts';

/** The older protocol for REST APIs, which ECS doesn't have, starts with "acs ". V3 refuses it by name. */
export const hasV3Authorization = ({ headers }: WireRequest): boolean => /^\s*(ACS3-|acs )/i.test(headers['authorization'] ?? '');

export const hasRpcParameters = (request: WireRequest): boolean => {
  const parameters = requestParameters(request);
  return ['AccessKeyId', 'SignatureNonce'].some((name) => parameterValue(parameters, name) !== undefined);
};

/** Whether a request is of this cloud, in one of the protocols. */
export const recognizes = (request: WireRequest): boolean =>
  hasV3Authorization(request) || request.headers['x-acs-action'] !== undefined || hasRpcParameters(request);
