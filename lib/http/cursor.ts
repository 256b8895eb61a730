import { createHash } from 'node:crypto';
import * as z from 'zod';
import { invalidRequest } from './problem.ts';

/** More than any position has, and less than a key in DynamoDB can have. */
const positionLengthMax = 256;

const Content = z.strictObject({ after: z.string().max(positionLengthMax), of: z.string() });

/**
 * Creates and reads the cursors of one list: opaque strings with a position and a fingerprint of caller, list, and filter, so
 * that they work only for the same request. Cursors grant no access.
 */
export function cursorsOf(list: readonly unknown[]) {
  const fingerprint = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 22);
  return {
    /** Returns the cursor of the page that starts after the position. */
    at: (after: string): string => Buffer.from(JSON.stringify({ after, of: fingerprint })).toString('base64url'),

    /** Returns the position in a cursor. Throws InvalidRequest if the cursor does not belong to this list. */
    read(cursor: string | undefined, isPosition: (after: string) => boolean): string | undefined {
      if (cursor === undefined) {
        return undefined;
      }
      const content = Content.safeParse(decode(cursor));
      if (!content.success) {
        throw invalidRequest([{ path: 'cursor', reason: 'is not a valid cursor' }]);
      }
      if (content.data.of !== fingerprint) {
        throw invalidRequest([{ path: 'cursor', reason: 'belongs to a different list, caller, or filter' }]);
      }
      if (!isPosition(content.data.after)) {
        throw invalidRequest([{ path: 'cursor', reason: 'is not a valid cursor' }]);
      }
      return content.data.after;
    },
  };
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
