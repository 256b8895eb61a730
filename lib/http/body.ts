import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyBytesMax } from '../model/limits.ts';
import { type FieldViolation, invalidRequest } from './problem.ts';

/** Returns the bytes of the body as received; none if it is absent, or null as in local runs. */
export const bodyBytesOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

function rawBodyOf(event: APIGatewayProxyEventV2): string {
  if (!event.isBase64Encoded) {
    return event.body ?? '';
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(event.body ?? '', 'base64'));
  } catch {
    throw invalidRequest([{ path: 'body', reason: 'must be UTF-8' }]);
  }
}

/** Parses the body as JSON. Throws InvalidRequest if it is too large or not valid JSON. */
export function bodyOf(event: APIGatewayProxyEventV2): unknown {
  const text = rawBodyOf(event);
  if (Buffer.byteLength(text) > bodyBytesMax) {
    throw invalidRequest([{ path: 'body', reason: `is larger than ${bodyBytesMax} bytes` }]);
  }
  if (text.trim() === '') {
    throw invalidRequest([{ path: 'body', reason: 'is required: a JSON object' }]);
  }
  const body = parsedJson(text);
  if (hasPrototypeField(body)) {
    throw invalidRequest([{ path: '__proto__', reason: 'is not a recognized parameter' }]);
  }
  return body;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest([{ path: 'body', reason: 'must be valid JSON' }]);
  }
}

/** Whether any object in the value has the field `__proto__`, which schema parsing would drop silently. */
function hasPrototypeField(value: unknown): boolean {
  const stack = [value];
  while (stack.length > 0) {
    const part = stack.pop();
    if (typeof part === 'object' && part !== null) {
      if (Object.hasOwn(part, '__proto__')) {
        return true;
      }
      stack.push(...Object.values(part));
    }
  }
  return false;
}

/** Returns a violation if a change that accepts no body has one, so that nobody believes that its fields had an effect. */
export function whyNotWithoutBody(event: APIGatewayProxyEventV2): FieldViolation[] {
  const text = rawBodyOf(event).trim();
  return text === '' || text === '{}' ? [] : [{ path: 'body', reason: 'must be empty' }];
}
