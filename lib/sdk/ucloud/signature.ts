import { createHash } from 'node:crypto';
import { isSameSignature } from '../constant-time.ts';
import type { Fields } from '../wire.ts';

/**
 * Verifies UCloud's signature: SHA-1 over all parameters except `Signature`, sorted by name, as names and values without
 * separators, followed by the private key. Nested objects in JSON bodies are written the same way, lists as their entries one
 * after the other. Null values are left out.
 *
 * Sources: https://docs.ucloud.cn/api/summary/signature; the Go SDK's auth/signature.go for nested values.
 */
export function isSignedWith(secret: string, { Signature: signature, ...parameters }: Fields): boolean {
  const text = `${signedText(parameters)}${secret}`;
  return typeof signature === 'string' && isSameSignature(signature, createHash('sha1').update(text).digest('hex'));
}

function signedText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(signedText).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${name}${signedText(part)}`)
      .join('');
  }
  return typeof value === 'number' ? decimal(value) : value === null ? '' : String(value);
}

/** Formats a number without an exponent, and an integer without a fraction. */
function decimal(value: number): string {
  if (Number.isInteger(value)) {
    return BigInt(value).toString();
  }
  const [digits = '', zeros] = String(Math.abs(value)).split('e-');
  const plain = zeros === undefined ? digits : `0.${'0'.repeat(Number(zeros) - 1)}${digits.replace('.', '')}`;
  return value < 0 ? `-${plain}` : plain;
}
