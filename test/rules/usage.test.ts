import fc from 'fast-check';
import type { Image } from '../../lib/model/image.ts';
import { type Period, periodOf, usageOf } from '../../lib/rules/usage.ts';
import { anImage, noon, principals, sharedWith, thrownBy } from '../support/builders.ts';

const hours = 3_600;
const seconds = (text: string): number => Date.parse(text) / 1_000;
const period = (from: string, to: string): Period => ({ from: seconds(from), to: seconds(to) });
const november = period('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z');
const imageExisting = (createdAt: string, deletedAt?: string, disksGiB: readonly number[] = [10]): Image =>
  anImage({
    createdAt: new Date(createdAt),
    disksGiB,
    ...(deletedAt !== undefined && { state: 'deleted', deletedAt: new Date(deletedAt) }),
  });

describe('usageOf', () => {
  it('is zero without images', () => {
    expect(usageOf([], november)).toEqual({ gibHours: 0, days: [] });
  });

  it.each<[string, Image, number, [string, number][]]>([
    [
      'an image that existed all month, on every day',
      imageExisting('2026-10-05T00:00:00Z'),
      10 * 24 * 30,
      Array.from({ length: 30 }, (_, day) => [`2026-11-${String(day + 1).padStart(2, '0')}`, 240]),
    ],
    ['an image by all its disks', imageExisting('2026-11-30T23:00:00Z', undefined, [10, 20, 5]), 35, [['2026-11-30', 35]]],
    [
      'an image that existed across midnight, on both days',
      imageExisting('2026-11-09T22:30:00Z', '2026-11-10T01:00:00Z'),
      25,
      [
        ['2026-11-09', 15],
        ['2026-11-10', 10],
      ],
    ],
    [
      'a single second exactly',
      imageExisting('2026-11-09T12:00:00Z', '2026-11-09T12:00:01Z'),
      10 / hours,
      [['2026-11-09', 10 / hours]],
    ],
    [
      'only whole seconds between creation and deletion',
      imageExisting('2026-11-09T12:00:00.900Z', '2026-11-09T12:00:01.100Z'),
      10 / hours,
      [['2026-11-09', 10 / hours]],
    ],
    ['nothing for an image deleted when the period starts', imageExisting('2026-10-05T00:00:00Z', '2026-11-01T00:00:00Z'), 0, []],
    ['nothing for an image created when the period ends', imageExisting('2026-12-01T00:00:00Z'), 0, []],
    ['nothing for an image created after the period', imageExisting('2027-01-01T08:00:00Z'), 0, []],
    [
      'only the time within the period for an image created before it',
      imageExisting('2026-10-05T00:00:00Z', '2026-11-01T02:00:00Z'),
      20,
      [['2026-11-01', 20]],
    ],
  ])('counts %s', (_, image, gibHours, days) => {
    expect(usageOf([image], november)).toEqual({ gibHours, days: days.map(([day, value]) => ({ day, gibHours: value })) });
  });

  it('counts nothing for an image created after the period on its last day', () => {
    const morning = period('2026-11-09T00:00:00Z', '2026-11-09T08:00:00Z');

    expect(usageOf([imageExisting('2026-11-09T20:00:00Z')], morning)).toEqual({ gibHours: 0, days: [] });
    expect(usageOf([imageExisting('2026-11-09T20:00:00Z'), imageExisting('2026-11-09T07:00:00Z')], morning).gibHours).toBe(10);
  });

  it('does not depend on shares', () => {
    const image = imageExisting('2026-11-09T12:00:00Z');

    expect(usageOf([{ ...image, recipients: sharedWith(principals(50)) }], november)).toEqual(usageOf([image], november));
  });

  it('adds up images', () => {
    const images = [imageExisting('2026-11-30T22:00:00Z'), imageExisting('2026-11-29T00:00:00Z', '2026-11-29T01:00:00Z')];

    expect(usageOf(images, november)).toEqual({
      gibHours: 30,
      days: [
        { day: '2026-11-29', gibHours: 10 },
        { day: '2026-11-30', gibHours: 20 },
      ],
    });
  });
});

/**
 * Computes GiB-seconds in another way, for comparison: sorts all events by time, and multiplies the GiB that exist between two
 * events by the seconds between them. Midnights are events too, so that no interval spans two days.
 */
function gibSecondsByEvents(images: readonly Image[], { from, to }: Period): { total: bigint; byDay: Map<string, bigint> } {
  const changes: { at: number; gib: bigint }[] = [{ at: to, gib: 0n }];
  for (const { createdAt, deletedAt, disksGiB } of images) {
    let gib = 0n;
    for (const size of disksGiB) {
      gib += BigInt(size);
    }
    changes.push({ at: Math.trunc(createdAt.getTime() / 1_000), gib });
    if (deletedAt !== undefined) {
      changes.push({ at: Math.trunc(deletedAt.getTime() / 1_000), gib: -gib });
    }
  }
  for (const midnight = new Date(from * 1_000); midnight.getTime() / 1_000 <= to; ) {
    changes.push({ at: midnight.getTime() / 1_000, gib: 0n });
    midnight.setUTCDate(midnight.getUTCDate() + 1);
  }
  changes.sort((a, b) => a.at - b.at);

  const byDay = new Map<string, bigint>();
  let [total, currentGib, since] = [0n, 0n, Number.NEGATIVE_INFINITY];
  for (const { at, gib } of changes) {
    if (since >= from && at <= to && currentGib > 0n && at > since) {
      const added = currentGib * BigInt(at - since);
      const day = new Date(since * 1_000).toISOString().replace(/T.*/, '');
      byDay.set(day, (byDay.get(day) ?? 0n) + added);
      total += added;
    }
    currentGib += gib;
    since = at;
  }
  return { total: total, byDay };
}

describe('usageOf compared with an independent calculation', () => {
  const gibSeconds = (gibHours: number): bigint => BigInt(Math.round(gibHours * hours));
  const dayMs = 86_400_000;
  const aSize = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constantFrom(1, 65_536));
  const aLifetime = fc.record({
    /** From 40 days before the month to 10 days after its end, and the month's boundaries. */
    createdMs: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -40 * dayMs, max: 40 * dayMs }) },
      { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }).map((days) => days * dayMs) },
    ),
    /** How long the image exists; undefined if it is never deleted. */
    lifetimeMs: fc.option(
      fc.oneof(
        fc.integer({ min: 0, max: 80 * dayMs }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 0, max: 40 }).map((days) => days * dayMs),
      ),
      { nil: undefined },
    ),
    disksGiB: fc.array(aSize, { minLength: 1, maxLength: 17 }),
  });
  const aMonth = fc.record({ year: fc.integer({ min: 2024, max: 2027 }), month: fc.integer({ min: 0, max: 11 }) });

  it('agree to the second, in total and per day, on 1,000 random months', () => {
    fc.assert(
      fc.property(aMonth, fc.array(aLifetime, { maxLength: 12 }), ({ year, month }, lifetimes) => {
        const [start, end] = [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
        const images = lifetimes.map(({ createdMs, lifetimeMs, disksGiB }) =>
          anImage({
            createdAt: new Date(start + createdMs),
            disksGiB,
            ...(lifetimeMs !== undefined && { state: 'deleted', deletedAt: new Date(start + createdMs + lifetimeMs) }),
          }),
        );
        const wholeMonth = { from: start / 1_000, to: end / 1_000 };

        const { gibHours, days } = usageOf(images, wholeMonth);
        const expected = gibSecondsByEvents(images, wholeMonth);

        expect(gibSeconds(gibHours)).toBe(expected.total);
        expect(days.map((day) => [day.day, gibSeconds(day.gibHours)])).toEqual([...expected.byDay]);
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});

describe('periodOf', () => {
  const at = (text: string) => new Date(text);

  it('defaults to the current month (UTC) up to now', () => {
    expect(periodOf({}, noon)).toEqual(period('2026-11-01T00:00:00Z', noon.toISOString()));
  });

  it('uses the given period', () => {
    expect(periodOf({ from: at('2026-10-01T00:00:00Z'), to: at('2026-11-01T00:00:00Z') }, noon)).toEqual(
      period('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'),
    );
  });

  it('ends now if the given end is later', () => {
    expect(periodOf({ to: at('2026-12-01T00:00:00Z') }, noon).to).toBe(noon.getTime() / 1_000);
  });

  it('can be empty', () => {
    expect(periodOf({ from: noon, to: noon }, noon)).toEqual({ from: noon.getTime() / 1_000, to: noon.getTime() / 1_000 });
  });

  it('can start up to 400 days ago', () => {
    const earliest = noon.getTime() - 400 * 86_400_000;

    expect(periodOf({ from: new Date(earliest) }, noon).from).toBe(earliest / 1_000);
    expect(thrownBy(() => periodOf({ from: new Date(earliest - 1_000) }, noon))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'from' }] },
    });
  });

  it.each([
    ['ends before it starts', { from: at('2026-11-10T00:00:00Z'), to: at('2026-11-09T00:00:00Z') }, 'from'],
    ['starts in the future', { from: at('2026-11-22T12:00:01Z') }, 'from'],
    ['ends before the month, whose start is the default', { to: at('2026-10-31T00:00:00Z') }, 'to'],
  ])('refuses a period that %s with InvalidRequest', (_, request, id) => {
    expect(thrownBy(() => periodOf(request, noon))).toMatchObject({ code: 'InvalidRequest', details: { offenders: [{ id }] } });
  });
});
