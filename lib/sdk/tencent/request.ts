/** Parses requests with signature v3 (headers) and signature v1 (parameters). */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireCall, type WireErrors, type WireRequest } from '../wire.ts';
import { isSignedV1 } from './signature-v1.ts';
import { authorizationFrom, isSignedV3 } from './signature-v3.ts';

/** Parameters of signature v1 that aren't passed to the action. */
const commonParameters: ReadonlySet<string> = new Set([
  'Action',
  'Language',
  'Nonce',
  'Region',
  'RequestClient',
  'SecretId',
  'Signature',
  'SignatureMethod',
  'Timestamp',
  'Token',
  'Version',
]);

/** Whether a request has the headers of signature v3. It doesn't have to be valid. */
const isV3Request = ({ headers }: WireRequest): boolean =>
  headers['x-tc-action'] !== undefined || /^TC3-HMAC-SHA256\b/.test(headers['authorization'] ?? '');

/** The query of a GET, or else the body. */
const formOf = ({ method, query, body }: WireRequest): string => (method === 'GET' ? query : body.toString());

/** Whether a request has the key parameter of signature v1. It doesn't have to be valid. */
const isV1Request = (request: WireRequest): boolean => /(?:^|&)SecretId=/.test(formOf(request));

/** Whether a request is of this cloud. */
export const recognizes = (request: WireRequest): boolean => isV3Request(request) || isV1Request(request);

export const versionOf = (request: WireRequest): string | undefined =>
  nonEmpty(isV3Request(request) ? request.headers['x-tc-version'] : new URLSearchParams(formOf(request)).get('Version'));

export const actionOf = (request: WireRequest): string | undefined =>
  nonEmpty(isV3Request(request) ? request.headers['x-tc-action'] : new URLSearchParams(formOf(request)).get('Action'));

/** Parses a call of API 3.0 with either signature. Throws ProviderError. */
export const readCall = (request: WireRequest, errors: WireErrors): WireCall =>
  isV3Request(request) ? readV3(request, errors) : readV1(request, errors);

function readV3(request: WireRequest, errors: WireErrors): WireCall {
  const { headers, method, query, body } = request;
  const action = required('Action', headers['x-tc-action'], errors);
  const timestamp = timestampFrom(headers['x-tc-timestamp'], errors);
  const authorization = authorizationFrom(headers['authorization']);
  if (authorization === undefined) {
    throw new ProviderError({
      code: 'AuthFailure.InvalidAuthorization',
      message: 'The Authorization header is missing or is not a valid TC3-HMAC-SHA256 header.',
    });
  }
  return {
    keyId: authorization.secretId,
    signedAt: new Date(timestamp * 1_000),
    isSignedWith: (secret) => isSignedV3(request, authorization, timestamp, secret),
    action,
    region: nonEmpty(headers['x-tc-region']),
    parameters: method === 'GET' ? nestParameters(new URLSearchParams(query)) : parseFields(body),
  };
}

/**
 * Parses a call with signature v1. Throws ProviderError. SDKs draw the nonce from only 65,536 numbers, so different requests
 * soon share one. A request therefore counts as replayed only if time, nonce, and signature are all the same.
 */
export function readV1(request: WireRequest, errors: WireErrors): WireCall {
  if (utf8Text(request.body) === undefined) {
    throw new ProviderError(errors.wrongParameter('body', 'must be UTF-8'));
  }
  const parameters = new URLSearchParams(formOf(request));
  const requireParameter = (name: string): string => required(name, parameters.get(name), errors);
  const timestamp = timestampFrom(parameters.get('Timestamp'), errors);
  const nonce = requireParameter('Nonce');
  if (!/^\d{1,20}$/.test(nonce)) {
    throw new ProviderError(errors.wrongParameter('Nonce', 'must be an integer'));
  }
  return {
    keyId: requireParameter('SecretId'),
    signedAt: new Date(timestamp * 1_000),
    nonce: `${timestamp}.${nonce}.${digestOf(requireParameter('Signature'))}`,
    isSignedWith: (secret) => isSignedV1(request, parameters, secret),
    action: requireParameter('Action'),
    region: nonEmpty(parameters.get('Region')),
    parameters: nestParameters([...parameters].filter(([name]) => !commonParameters.has(name))),
  };
}

/** Stored in place of the signature, which stays a secret. */
const digestOf = (signature: string): string => createHash('sha256').update(signature).digest('base64url');

const nonEmpty = (value: string | null | undefined): string | undefined => value || undefined;

function required(name: string, value: string | null | undefined, errors: WireErrors): string {
  const text = nonEmpty(value);
  if (text === undefined) {
    throw new ProviderError(errors.missingParameter(name));
  }
  return text;
}

/** Returns epoch seconds. */
function timestampFrom(value: string | null | undefined, errors: WireErrors): number {
  const text = required('Timestamp', value, errors);
  if (!/^\d{1,11}$/.test(text)) {
    throw new ProviderError(errors.wrongParameter('Timestamp', 'must be a time in epoch seconds'));
  }
  return Number(text);
}

/** Parses a JSON body. Drops null values, because SDKs omit them. */
function parseFields(body: Buffer): Fields {
  const fields = body.length === 0 ? {} : parseJson(body);
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw new ProviderError({ code: 'InvalidParameter', message: 'The body must be a JSON object in UTF-8.' });
  }
  return fields as Fields;
}

/** Returns undefined for anything but JSON in UTF-8. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8Text(body) ?? '', (_, value) => (value === null ? undefined : value));
  } catch {
    return undefined;
  }
}

/** Returns undefined for a body that isn't UTF-8. */
const utf8Text = (body: Buffer): string | undefined => (isUtf8(body) ? body.toString() : undefined);
