/** Who asks for what, by the two signatures of the cloud's API. */
import { isUtf8 } from 'node:buffer';
import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireCall, type WireErrors, type WireRequest } from '../wire.ts';
import { isSignedV1 } from './signature-v1.ts';
import { authorizationFrom, isSignedV3 } from './signature-v3.ts';

/** Parameters of signature v1 that belong to no action. */
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

/** Whether a request says in its headers what it asks for, as with signature v3. */
export const speaksInHeaders = ({ headers }: WireRequest): boolean =>
  headers['x-tc-action'] !== undefined || /^TC3-HMAC-SHA256\b/.test(headers['authorization'] ?? '');

/** Parameters of a form, or of the query of a GET. */
const formOf = ({ method, query, body }: WireRequest): string => (method === 'GET' ? query : body.toString());

/** Whether a request says in its parameters who asks, as with signature v1. */
export const speaksInParameters = (request: WireRequest): boolean => /(?:^|&)SecretId=/.test(formOf(request));

export const versionOf = (request: WireRequest): string | undefined =>
  stated(speaksInHeaders(request) ? request.headers['x-tc-version'] : new URLSearchParams(formOf(request)).get('Version'));

/** Reads a call of API 3.0, by the signature that it carries. */
export const readCall = (request: WireRequest, errors: WireErrors): WireCall =>
  speaksInHeaders(request) ? readV3(request, errors) : readV1(request, errors);

function readV3(request: WireRequest, errors: WireErrors): WireCall {
  const { headers, method, query, body } = request;
  const action = required('Action', headers['x-tc-action'], errors);
  const timestamp = timestampFrom(headers['x-tc-timestamp'], errors);
  const authorization = authorizationFrom(headers['authorization']);
  if (authorization === undefined) {
    throw new ProviderError({
      code: 'AuthFailure.InvalidAuthorization',
      message: 'The header Authorization is missing, or not as TC3-HMAC-SHA256 wants it.',
    });
  }
  return {
    keyId: authorization.secretId,
    signedAt: new Date(timestamp * 1_000),
    isSignedWith: (secret) => isSignedV3(request, authorization, timestamp, secret),
    action,
    region: stated(headers['x-tc-region']),
    parameters: method === 'GET' ? nestParameters(new URLSearchParams(query)) : fieldsIn(body),
  };
}

/**
 * Reads a call that is signed in its parameters. SDKs draw the nonce from 65,536 numbers, so that it is not new for long: a
 * request is refused as repeated where time, nonce and signature are.
 */
export function readV1(request: WireRequest, errors: WireErrors): WireCall {
  if (textIn(request.body) === undefined) {
    throw new ProviderError(errors.wrongParameter('body', 'must be UTF-8'));
  }
  const parameters = new URLSearchParams(formOf(request));
  const take = (name: string): string => required(name, parameters.get(name), errors);
  const timestamp = timestampFrom(parameters.get('Timestamp'), errors);
  const nonce = take('Nonce');
  if (!/^\d{1,20}$/.test(nonce)) {
    throw new ProviderError(errors.wrongParameter('Nonce', 'must be a whole number'));
  }
  return {
    keyId: take('SecretId'),
    signedAt: new Date(timestamp * 1_000),
    nonce: `${timestamp}.${nonce}.${take('Signature')}`,
    isSignedWith: (secret) => isSignedV1(request, parameters, secret),
    action: take('Action'),
    region: stated(parameters.get('Region')),
    parameters: nestParameters([...parameters].filter(([name]) => !commonParameters.has(name))),
  };
}

const stated = (value: string | null | undefined): string | undefined => value || undefined;

function required(name: string, value: string | null | undefined, errors: WireErrors): string {
  const text = stated(value);
  if (text === undefined) {
    throw new ProviderError(errors.missingParameter(name));
  }
  return text;
}

/** In epoch seconds. */
function timestampFrom(value: string | null | undefined, errors: WireErrors): number {
  const text = required('Timestamp', value, errors);
  if (!/^\d{1,11}$/.test(text)) {
    throw new ProviderError(errors.wrongParameter('Timestamp', 'must be a time in epoch seconds'));
  }
  return Number(text);
}

/** What is null counts as not stated, as the SDKs leave it out. */
function fieldsIn(body: Buffer): Fields {
  const fields = body.length === 0 ? {} : jsonIn(body);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new ProviderError({ code: 'InvalidParameter', message: 'The body has to be an object in JSON and UTF-8.' });
  }
  return fields as Fields;
}

/** Undefined for what is no JSON in UTF-8. */
function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(textIn(body) ?? '', (_, value) => (value === null ? undefined : value));
  } catch {
    return undefined;
  }
}

/** Undefined for what is not UTF-8. */
const textIn = (body: Buffer): string | undefined => (isUtf8(body) ? body.toString() : undefined);
