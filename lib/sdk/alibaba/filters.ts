import * as z from 'zod';
import { Text } from '../wire-fields.ts';

const Filter = z.object({ Key: Text, Value: Text });

/** To the minute, `yyyy-MM-ddTHH:mmZ`; seconds are accepted too. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/;

/**
 * `Filter.N` with the keys `CreationStartTime` and `CreationEndTime`, parsed to a predicate on a creation time. Other keys are
 * ignored: they filter by properties that images don't have here.
 */
export const CreationTimeFilter = z.array(Filter).transform((filters, context) => {
  const bounds: { from?: number; to?: number } = {};
  for (const [index, { Key, Value }] of filters.entries()) {
    const bound = Key === 'CreationStartTime' ? 'from' : Key === 'CreationEndTime' ? 'to' : undefined;
    const instant = time.test(Value) ? Date.parse(Value) : Number.NaN;
    if (bound !== undefined && Number.isNaN(instant)) {
      context.addIssue({ code: 'custom', path: [index, 'Value'], message: 'must be a time such as 2017-12-05T22:40Z' });
      return z.NEVER;
    }
    if (bound !== undefined) {
      bounds[bound] = instant;
    }
  }
  return (createdAt: string): boolean =>
    Date.parse(createdAt) >= (bounds.from ?? Number.NEGATIVE_INFINITY) &&
    Date.parse(createdAt) <= (bounds.to ?? Number.POSITIVE_INFINITY);
});
