import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb';

/**
 * Writes an attribute as DynamoDB's JSON, in one walk. Gives the same values as `convertToAttr`, and throws the same errors, but
 * also accepts plain objects with the key `constructor` or `__proto__`.
 */
export function attributeJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `{"S":${JSON.stringify(value)}}`;
    case 'boolean':
      return `{"BOOL":${value}}`;
    case 'number':
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? `{"N":"${value}"}` : otherJson(value);
    case 'object':
      if (value === null) {
        return '{"NULL":true}';
      }
      if (Array.isArray(value)) {
        return `{"L":[${value.map(attributeJson).join(',')}]}`;
      }
      if (value instanceof Map) {
        return `{"M":${entriesJson([...value])}}`;
      }
      return isPlain(value) ? `{"M":${itemJson(value)}}` : otherJson(value);
    default:
      return otherJson(value);
  }
}

/** Writes an item or a key. */
export const itemJson = (item: object): string => entriesJson(Object.entries(item));

const entriesJson = (entries: readonly (readonly [string, unknown])[]): string =>
  `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${attributeJson(value)}`).join(',')}}`;

/** Whether the object is of no class. Objects of another realm count as well. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Sets, large numbers, and bytes, which are rare. */
function otherJson(value: unknown): string {
  const attribute = convertToAttr(value as Parameters<typeof convertToAttr>[0]);
  const { B: bytes, BS: setOfBytes } = attribute;
  return JSON.stringify({
    ...attribute,
    ...(bytes !== undefined && { B: base64(bytes) }),
    ...(setOfBytes !== undefined && { BS: setOfBytes.map(base64) }),
  });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** Reads bytes. */
export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** Reads a number. */
export function numberOf(text: string): unknown {
  const number = Number(text);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : convertToNative({ N: text });
}
