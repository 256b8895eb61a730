import { isUtf8 } from 'node:buffer';
import { bodyBytesMax } from '../../model/limits.ts';
import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireRequest } from '../wire.ts';
import { invalidParameter, missingParameter } from './error-codes.ts';

/** Parameters by name, as query and form body state them together. */
export type Stated = readonly (readonly [string, string])[];

/** Everything that a request states in its query, then in its body where that is a form. What is beyond its bound is not read. */
export const statedIn = (request: WireRequest): Stated => [
  ...new URLSearchParams(request.query),
  ...(isForm(request) ? new URLSearchParams(request.body.subarray(0, bodyBytesMax).toString('utf8')) : []),
];

const isForm = ({ headers }: WireRequest): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');

/** The same of a request that is to be believed. Refuses with InvalidParameter a form that is not UTF-8. */
export function statedWell(request: WireRequest): Stated {
  if (isForm(request) && !isUtf8(request.body)) {
    throw new ProviderError(invalidParameter('body', 'is not UTF-8'));
  }
  return statedIn(request);
}

/** The first value under a name; absent where it is empty. */
export const statedValue = (stated: Stated, name: string): string | undefined =>
  stated.find(([one]) => one === name)?.[1] || undefined;

/** The same of a parameter that has to be there. Refuses with MissingParameter. */
export function required(stated: Stated, name: string): string {
  const value = statedValue(stated, name);
  if (value === undefined) {
    throw new ProviderError(missingParameter(name));
  }
  return value;
}

/** No parameter of ECS has a longer name. */
const nameShownMax = 64;

/** What the action is called with. Empty values count as not stated; a name that is stated twice is refused. */
export function parametersOf(stated: Stated): Fields {
  const names = new Set<string>();
  for (const [name] of stated) {
    if (names.has(name)) {
      throw new ProviderError(invalidParameter(name.slice(0, nameShownMax), 'is stated more than once'));
    }
    names.add(name);
  }
  return nestParameters(stated.filter(([, value]) => value !== ''));
}

/**
 * Reads the time of a signature, `yyyy-MM-ddTHH:mm:ssZ` in UTC. Refuses with InvalidTimeStamp.Format.
 */
export function timeOf(text: string): Date {
  const time = new Date(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(time.getTime());
  if (!isTime || time.toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw new ProviderError({
      code: 'InvalidTimeStamp.Format',
      status: 400,
      message: 'Specified time stamp or date value is not well formatted.',
    });
  }
  return time;
}

const nonceLengthMax = 128;

/** A nonce of a length that can be kept. Refuses with InvalidParameter. */
export function shortNonce(nonce: string, name: string): string {
  if (nonce.length > nonceLengthMax) {
    throw new ProviderError(invalidParameter(name, `is longer than ${nonceLengthMax} characters`));
  }
  return nonce;
}

/** The one version of the API that is spoken. Refuses with InvalidVersion. */
export function requireVersion(version: string): void {
  if (version !== '2014-05-26') {
    throw new ProviderError({ code: 'InvalidVersion', status: 400, message: 'Specified parameter Version is not valid.' });
  }
}
