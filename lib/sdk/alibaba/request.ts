import { isUtf8 } from 'node:buffer';
import { bodyBytesMax } from '../../model/limits.ts';
import { nestParameters } from '../nest-parameters.ts';
import { type Fields, ProviderError, type WireRequest } from '../wire.ts';
import { invalidParameter, missingParameter } from './error-codes.ts';

/** Names and values from the query and the form body, with duplicates. */
export type ParameterList = readonly (readonly [string, string])[];

/** Returns the parameters of the query, then those of a form body. Ignores what exceeds the size limit of the body. */
export const requestParameters = (request: WireRequest): ParameterList => [
  ...new URLSearchParams(request.query),
  ...(isForm(request) ? new URLSearchParams(request.body.subarray(0, bodyBytesMax).toString('utf8')) : []),
];

const isForm = ({ headers }: WireRequest): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');

/** Returns the same parameters. Throws InvalidParameter for a form that isn't UTF-8. */
export function utf8Parameters(request: WireRequest): ParameterList {
  if (isForm(request) && !isUtf8(request.body)) {
    throw new ProviderError(invalidParameter('body', 'is not UTF-8'));
  }
  return requestParameters(request);
}

/** Returns the first value of a parameter, or undefined if it is empty. */
export const parameterValue = (parameters: ParameterList, name: string): string | undefined =>
  parameters.find(([key]) => key === name)?.[1] || undefined;

/** Returns the same value. Throws MissingParameter if there is none. */
export function requireParameter(parameters: ParameterList, name: string): string {
  const value = parameterValue(parameters, name);
  if (value === undefined) {
    throw new ProviderError(missingParameter(name));
  }
  return value;
}

/** Longer than any parameter name of ECS. */
const nameLengthMax = 64;

/** Nests the parameters of the action, without empty ones. Throws InvalidParameter for a repeated name. */
export function actionParameters(parameters: ParameterList): Fields {
  const names = new Set<string>();
  for (const [name] of parameters) {
    if (names.has(name)) {
      throw new ProviderError(invalidParameter(name.slice(0, nameLengthMax), 'occurs more than once'));
    }
    names.add(name);
  }
  return nestParameters(parameters.filter(([, value]) => value !== ''));
}

/**
 * Parses the time of a signature: `yyyy-MM-ddTHH:mm:ssZ`, in UTC. Throws InvalidTimeStamp.Format. Fractions of a second are
 * accepted, because aliyun-sdk and waliyun for Node.js send milliseconds, and so is "+00:00" for "Z", as in Python's isoformat.
 */
export function parseTime(text: string): Date {
  const time = new Date(text);
  const isWellFormed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)$/.test(text) && !Number.isNaN(time.getTime());
  if (!isWellFormed || time.toISOString().slice(0, 19) !== text.slice(0, 19)) {
    throw new ProviderError({
      code: 'InvalidTimeStamp.Format',
      status: 400,
      message: 'Specified time stamp or date value is not well formatted.',
    });
  }
  return time;
}

const nonceLengthMax = 128;

/** Throws InvalidParameter if the nonce is too long to store. */
export function checkNonceLength(nonce: string, name: string): void {
  if (nonce.length > nonceLengthMax) {
    throw new ProviderError(invalidParameter(name, `is longer than ${nonceLengthMax} characters`));
  }
}

/** Throws InvalidVersion for any version but the supported one. */
export function requireVersion(version: string): void {
  if (version !== '2014-05-26') {
    throw new ProviderError({ code: 'InvalidVersion', status: 400, message: 'Specified parameter Version is not valid.' });
  }
}
