import { createHash } from 'node:crypto';
import * as z from 'zod';
import { invalidRequest } from './problem.ts';

const Content = z.strictObject({ after: z.string(), of: z.string() });

/**
 * Cursors of one list: opaque texts that carry a position in it and a fingerprint of who asks for what, so that a
 * cursor of another caller, list or filter is refused. What may be seen is decided without them.
 */
export function cursorsOf(list: readonly unknown[]) {
  const of = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 22);
  return {
    /** The cursor of the page that starts after the position. */
    at: (after: string): string => Buffer.from(JSON.stringify({ after, of })).toString('base64url'),

    /** The position that a cursor carries. Refuses with InvalidRequest what is no cursor of this list. */
    read(cursor: string | undefined, isPosition: (after: string) => boolean): string | undefined {
      if (cursor === undefined) {
        return undefined;
      }
      const content = Content.safeParse(decoded(cursor));
      if (!content.success) {
        throw invalidRequest([{ path: 'cursor', reason: 'is not a valid cursor' }]);
      }
      if (content.data.of !== of) {
        throw invalidRequest([{ path: 'cursor', reason: 'belongs to another list, caller or filter' }]);
      }
      if (!isPosition(content.data.after)) {
        throw invalidRequest([{ path: 'cursor', reason: 'is not a valid cursor' }]);
      }
      return content.data.after;
    },
  };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
