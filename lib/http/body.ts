import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { bodyBytesMax } from '../model/limits.ts';
import { type FieldViolation, invalidRequest } from './problem.ts';

/** The bytes of the body as they came; none where the gateway gives no body, or null for it as its stand-in on a laptop does. */
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

/** The JSON value in the body. Refuses with InvalidRequest what is none, or too large. */
export function bodyOf(event: APIGatewayProxyEventV2): unknown {
  const text = rawBodyOf(event);
  if (Buffer.byteLength(text) > bodyBytesMax) {
    throw invalidRequest([{ path: 'body', reason: `is larger than ${bodyBytesMax} bytes` }]);
  }
  if (text.trim() === '') {
    throw invalidRequest([{ path: 'body', reason: 'is required: a JSON object' }]);
  }
  const body = parsedJson(text);
  if (namesPrototype(body)) {
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

/** Whether an object anywhere in the value has a field `__proto__`, which would be lost on the way. */
function namesPrototype(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === 'object' && part !== null) {
      if (Object.hasOwn(part, '__proto__')) {
        return true;
      }
      left.push(...Object.values(part));
    }
  }
  return false;
}

/** A change that takes no body refuses one, so that nobody believes that its fields had an effect. */
export function whyNotWithoutBody(event: APIGatewayProxyEventV2): FieldViolation[] {
  const text = rawBodyOf(event).trim();
  return text === '' || text === '{}' ? [] : [{ path: 'body', reason: 'must be empty' }];
}
