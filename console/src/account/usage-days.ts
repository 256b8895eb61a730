import type { Schemas } from '../api/client.ts';

const dayMs = 86_400_000;

/** Usage of one day (UTC, `2026-11-22`). `gibHours` is in the order of the regions. */
export interface UsageDay {
  readonly day: string;
  readonly gibHours: readonly number[];
  readonly total: number;
}

/** The last `count` days (UTC), including today. */
export function lastDays(count: number, now: Date): { readonly from: Date; readonly days: readonly string[] } {
  const today = Math.floor(now.getTime() / dayMs);
  const first = today - count + 1;
  return {
    from: new Date(first * dayMs),
    days: Array.from({ length: count }, (_, index) => new Date((first + index) * dayMs).toISOString().slice(0, 10)),
  };
}

/** Includes days without usage; leaves out regions without usage. */
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
