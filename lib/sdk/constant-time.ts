import { timingSafeEqual } from 'node:crypto';

/** Compares two signatures in constant time, so that the duration doesn't reveal how many characters match. */
export function isSameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
