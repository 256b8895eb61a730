import { neverExpires } from '../../lib/model/image.ts';
import type { ImageChange, ImageExpectation } from '../../lib/model/plan.ts';
import { recipientClauses } from '../../lib/table/items/recipients.ts';
import { Placeholders } from '../../lib/table/placeholders.ts';
import { noonSeconds, principal } from '../support/builders.ts';

const [h01, h02, h03] = [principal('h01'), principal('h02'), principal('h03')];
const [never, noon] = [neverExpires, noonSeconds];

/** The clauses that aren't empty, with names and values instead of placeholders. */
function clausesOf(expectation: ImageExpectation, change: ImageChange): Record<string, string> {
  const placeholders = new Placeholders();
  const text = (placeholder: string): string => {
    const value = placeholders.names[placeholder] ?? placeholders.values[placeholder];
    return value instanceof Set ? `{${[...value].join(' ')}}` : String(value);
  };
  return Object.fromEntries(
    Object.entries(recipientClauses(expectation, change, placeholders))
      .filter(([, parts]) => parts.length > 0)
      .map(([clause, parts]) => [clause, parts.join(', ').replaceAll(/[#:]\w+/g, text)]),
  );
}

describe('an update of recipients', () => {
  it.each<[string, ImageExpectation, ImageChange, Record<string, string>]>([
    [
      'adds those without an expiration to the set, and others to the map',
      {},
      { entries: { [h01]: never, [h02]: noon, [h03]: never } },
      { ADD: 'recipients {h01 h03}', SET: `expiring.h02 = ${noon}` },
    ],
    [
      'changes an expiration in the map',
      { entries: { [h01]: 1 } },
      { entries: { [h01]: noon } },
      { SET: `expiring.h01 = ${noon}` },
    ],
    [
      'moves one that gets an expiration from the set to the map',
      { entries: { [h01]: never } },
      { entries: { [h01]: noon } },
      { DELETE: 'recipients {h01}', SET: `expiring.h01 = ${noon}` },
    ],
    [
      'moves one that loses its expiration from the map to the set',
      { entries: { [h01]: noon } },
      { entries: { [h01]: never } },
      { ADD: 'recipients {h01}', REMOVE: 'expiring.h01' },
    ],
    [
      'removes each from where it is',
      { entries: { [h01]: never, [h02]: noon, [h03]: never } },
      { drop: [h01, h02] },
      { DELETE: 'recipients {h01}', REMOVE: 'expiring.h02' },
    ],
    [
      'removes one from both if it is not known where it is',
      {},
      { drop: [h01] },
      { DELETE: 'recipients {h01}', REMOVE: 'expiring.h01' },
    ],
    [
      'replaces the set if some are added and others removed',
      { exactly: { [h01]: never, [h02]: never, [h03]: noon } },
      { entries: { [h03]: never }, drop: [h01] },
      { SET: 'recipients = {h02 h03}', REMOVE: 'expiring.h03' },
    ],
  ])('%s', (_, expectation, change, clauses) => {
    expect(clausesOf(expectation, change)).toEqual(clauses);
  });
});
