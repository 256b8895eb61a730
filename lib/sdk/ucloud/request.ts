import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { missingParameter, wrongParameter } from './errors.ts';
import { isSignedWith } from './signature.ts';

/** Deeper than any parameter of UCloud, and far from overflowing the stack. */
const depthMax = 16;

const publicKeyParameter = /(?:^|&)PublicKey=|"PublicKey"\s*:/;

/** Whether the query or the body contains a `PublicKey`. */
export const recognizes = ({ query, body }: WireRequest): boolean =>
  publicKeyParameter.test(query) || publicKeyParameter.test(body.toString('latin1'));

/**
 * Parses a request. Throws ProviderError. All parameters come from the query if it contains the key, and otherwise from the
 * body: the Go SDK repeats the action in the query, but signs only the body.
 */
export function read(request: WireRequest): WireCall {
  const parameters = parametersOf(request);
  const action = stringValue(parameters, 'Action');
  if (action === undefined) {
    throw new ProviderError({ code: '160', message: 'Missing params [Action]' });
  }
  const keyId = stringValue(parameters, 'PublicKey');
  if (keyId === undefined) {
    throw new ProviderError(missingParameter('PublicKey'));
  }
  if (stringValue(parameters, 'Signature') === undefined) {
    throw new ProviderError({ code: '170', message: 'Missing params [Signature]' });
  }
  if (stringValue(parameters, 'SecurityToken') !== undefined) {
    throw new ProviderError({ code: '174', message: 'SecurityToken is not supported, because there are no temporary keys' });
  }
  return {
    keyId,
    isSignedWith: (secret) => isSignedWith(secret, parameters),
    action,
    region: stringValue(parameters, 'Region'),
    project: stringValue(parameters, 'ProjectId'),
    parameters: nestParameters(Object.entries(parameters).filter(([, value]) => isPresent(value))),
  };
}

/** Returns the action, or undefined if the request can't be parsed. */
export function actionOf(request: WireRequest): string | undefined {
  try {
    return stringValue(parametersOf(request), 'Action');
  } catch {
    return undefined;
  }
}

function parametersOf({ query, body }: WireRequest): Fields {
  const queryParameters = formOf(query);
  if (Object.hasOwn(queryParameters, 'PublicKey')) {
    return queryParameters;
  }
  const text = textOf(body);
  // Not by content type, which isn't signed and not always sent.
  return /^\s*[{[]/.test(text) ? jsonOf(text) : formOf(text);
}

const formOf = (text: string): Fields => Object.fromEntries(new URLSearchParams(text));

const invalidBody = (reason: string) => new ProviderError(wrongParameter('body', reason));

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalidBody('is not UTF-8');
  }
}

function jsonOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidBody('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidBody('is not a JSON object');
  }
  if (depthOf(value) > depthMax) {
    throw invalidBody(`is nested more than ${depthMax} levels deep`);
  }
  return value as Fields;
}

/** Counts the levels of nested objects and lists, up to one more than `depthMax`. */
function depthOf(value: object): number {
  let depth = 0;
  for (let level: object[] = [value]; level.length > 0 && depth <= depthMax; depth += 1) {
    level = level.flatMap(Object.values).filter((part): part is object => typeof part === 'object' && part !== null);
  }
  return depth;
}

/** SDKs omit an empty parameter, or send it as null, an empty string, or an empty list. */
const isPresent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function stringValue(parameters: Fields, name: string): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!isPresent(value)) {
    return undefined;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ProviderError(wrongParameter(name, 'must be a string'));
  }
  return String(value);
}
