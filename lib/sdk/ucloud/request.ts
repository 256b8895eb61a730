import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { missingParameter, wrongParameter } from './errors.ts';
import { isSignedWith } from './signature.ts';

/** Deeper than any parameter of UCloud's, and far from what a stack holds. */
const depthMax = 16;

const namesKey = /(?:^|&)PublicKey=|"PublicKey"\s*:/;

/** Whether the request has a `PublicKey`, in its query or its body. */
export const recognizes = ({ query, body }: WireRequest): boolean =>
  namesKey.test(query) || namesKey.test(body.toString('latin1'));

/**
 * Who asks for what. Parameters are those of the query where it holds the key, else those of the body: the Go SDK repeats
 * the action in the query of a request whose body alone is signed.
 */
export function read(request: WireRequest): WireCall {
  const parameters = parametersOf(request);
  const action = textAt(parameters, 'Action');
  if (action === undefined) {
    throw new ProviderError({ code: '160', message: 'Missing params [Action]' });
  }
  const keyId = textAt(parameters, 'PublicKey');
  if (keyId === undefined) {
    throw new ProviderError(missingParameter('PublicKey'));
  }
  if (textAt(parameters, 'Signature') === undefined) {
    throw new ProviderError({ code: '170', message: 'Missing params [Signature]' });
  }
  if (textAt(parameters, 'SecurityToken') !== undefined) {
    throw new ProviderError({ code: '174', message: 'There are no temporary keys here, and so no SecurityToken' });
  }
  return {
    keyId,
    isSignedWith: (secret) => isSignedWith(secret, parameters),
    action,
    region: textAt(parameters, 'Region'),
    project: textAt(parameters, 'ProjectId'),
    parameters: nestParameters(Object.entries(parameters).filter(([, value]) => isStated(value))),
  };
}

/** The action that a request names, as far as it can be read. */
export function actionOf(request: WireRequest): string | undefined {
  try {
    return textAt(parametersOf(request), 'Action');
  } catch {
    return undefined;
  }
}

function parametersOf({ query, body }: WireRequest): Fields {
  const inQuery = formOf(query);
  if (Object.hasOwn(inQuery, 'PublicKey')) {
    return inQuery;
  }
  const text = textOf(body);
  return /^\s*[{[]/.test(text) ? jsonOf(text) : formOf(text);
}

/** A form is told from JSON by how it starts: content types are not signed, and not always sent. */
const formOf = (text: string): Fields => Object.fromEntries(new URLSearchParams(text));

const unreadable = (reason: string) => new ProviderError(wrongParameter('body', reason));

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw unreadable('is not UTF-8');
  }
}

function jsonOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('is not a JSON object');
  }
  if (depthOf(value) > depthMax) {
    throw unreadable(`is nested more than ${depthMax} deep`);
  }
  return value as Fields;
}

/** How many objects and lists hold one another, at most one more than is allowed. */
function depthOf(value: object): number {
  let depth = 0;
  for (let level: object[] = [value]; level.length > 0 && depth <= depthMax; depth += 1) {
    level = level.flatMap(Object.values).filter((part): part is object => typeof part === 'object' && part !== null);
  }
  return depth;
}

/** SDKs leave out what a caller leaves empty, or write it as an empty text or list. */
const isStated = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function textAt(parameters: Fields, name: string): string | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!isStated(value)) {
    return undefined;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ProviderError(wrongParameter(name, 'must be a text'));
  }
  return String(value);
}
