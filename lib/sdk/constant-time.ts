import { timingSafeEqual } from 'node:crypto';

/** Whether two signatures are the same, in a time that does not tell how far they agree. */
export function isSameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
