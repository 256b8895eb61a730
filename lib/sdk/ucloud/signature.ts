import { createHash } from 'node:crypto';
import { isSameSignature } from '../constant-time.ts';
import type { Fields } from '../wire.ts';

/**
 * How UCloud signs: SHA-1 over every parameter but `Signature`, sorted by name, each name followed by its value without
 * anything between, and the private key at the end. Objects within JSON bodies are written in the same way, lists as
 * their entries one after the other; what is null is left out.
 *
 * Sources: https://docs.ucloud.cn/api/summary/signature; the Go SDK's auth/signature.go for nested values.
 */
export function isSignedWith(secret: string, { Signature: stated, ...parameters }: Fields): boolean {
  const text = `${signedText(parameters)}${secret}`;
  return typeof stated === 'string' && isSameSignature(stated, createHash('sha1').update(text).digest('hex'));
}

function signedText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(signedText).join('');
  }
  if (typeof value === 'object' && value !== null) {
    const stated = Object.entries(value).filter(([, part]) => part !== null);
    return stated
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${name}${signedText(part)}`)
      .join('');
  }
  return typeof value === 'number' ? decimal(value) : value === null ? '' : String(value);
}

/** A number without exponent; whole ones without a fraction. */
function decimal(value: number): string {
  if (Number.isInteger(value)) {
    return BigInt(value).toString();
  }
  const [digits = '', zeros] = String(Math.abs(value)).split('e-');
  const plain = zeros === undefined ? digits : `0.${'0'.repeat(Number(zeros) - 1)}${digits.replace('.', '')}`;
  return value < 0 ? `-${plain}` : plain;
}
