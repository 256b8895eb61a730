import type { Schemas } from '../api/client.ts';

const dayMs = 86_400_000;

/** What the regions took up on one day (UTC, `2026-11-22`), in the order of the regions. */
export interface UsageDay {
  readonly day: string;
  readonly gibHours: readonly number[];
  readonly total: number;
}

/** The last `count` days (UTC) with the one that `now` is in: where they start, and their names in order. */
export function lastDays(count: number, now: Date): { readonly from: Date; readonly days: readonly string[] } {
  const today = Math.floor(now.getTime() / dayMs);
  const first = today - count + 1;
  return {
    from: new Date(first * dayMs),
    days: Array.from({ length: count }, (_, index) => new Date((first + index) * dayMs).toISOString().slice(0, 10)),
  };
}

/** The usage on each of the days, also those without any, in the regions that had some in that time. */
export function usageByDay(
  { regions: all }: Pick<Schemas['Usage'], 'regions'>,
  days: readonly string[],
): { readonly regions: readonly string[]; readonly rows: readonly UsageDay[]; readonly total: number } {
  const regions = all.filter(({ gibHours }) => gibHours > 0);
  const byDay = regions.map((one) => new Map(one.days.map(({ day, gibHours }) => [day, gibHours])));
  const rows = days.map((day) => {
    const gibHours = byDay.map((found) => found.get(day) ?? 0);
    return { day, gibHours, total: gibHours.reduce((sum, one) => sum + one, 0) };
  });
  return { regions: regions.map(({ region }) => region), rows, total: regions.reduce((sum, one) => sum + one.gibHours, 0) };
}
