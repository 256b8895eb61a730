import { invalidField } from '../model/error.ts';
import type { Image } from '../model/image.ts';
import { usageDaysMax } from '../model/limits.ts';
import { epochSeconds } from './recipients.ts';

const daySeconds = 86_400;
const hourSeconds = 3_600;

/** A period in epoch seconds; `to` is exclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the period of a usage request: by default, the current month (UTC) until now. It ends now at the latest. Throws
 * InvalidRequest if it starts too long ago or ends before it starts.
 */
export function periodOf({ from, to }: { from?: Date | undefined; to?: Date | undefined }, now: Date): Period {
  const end = Math.min(epochSeconds(to ?? now), epochSeconds(now));
  const start =
    from === undefined ? epochSeconds(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))) : epochSeconds(from);
  if (start < epochSeconds(now) - usageDaysMax * daySeconds) {
    throw invalidField('from', `must be within the last ${usageDaysMax} days`);
  }
  if (start > end) {
    throw invalidField(from === undefined ? 'to' : 'from', 'the period must start in the past and end after it starts');
  }
  return { from: start, to: end };
}

/** The usage on one day (UTC, `2026-11-22`). */
export interface DayOfUsage {
  readonly day: string;
  readonly gibHours: number;
}

/**
 * Returns the usage in a period: GiB-hours in total, and for each day with usage, in order. All disks of an image count, from
 * the second of its creation to that of its deletion. Rule `usage.metering`.
 */
export function usageOf(images: readonly Image[], period: Period): { gibHours: number; days: DayOfUsage[] } {
  const gibSecondsByDay = new Map<number, number>();
  for (const { disksGiB, createdAt, deletedAt } of images) {
    const gib = disksGiB.reduce((sum, size) => sum + size, 0);
    const start = Math.max(period.from, epochSeconds(createdAt));
    const end = Math.min(period.to, deletedAt === undefined ? period.to : epochSeconds(deletedAt));
    for (let day = Math.floor(start / daySeconds); day * daySeconds < end; day += 1) {
      const seconds = Math.min(end, (day + 1) * daySeconds) - Math.max(start, day * daySeconds);
      gibSecondsByDay.set(day, (gibSecondsByDay.get(day) ?? 0) + gib * Math.max(0, seconds));
    }
  }
  const used = [...gibSecondsByDay].filter(([, gibSeconds]) => gibSeconds > 0).sort(([a], [b]) => a - b);
  return {
    gibHours: used.reduce((sum, [, gibSeconds]) => sum + gibSeconds, 0) / hourSeconds,
    days: used.map(([day, gibSeconds]) => ({
      day: new Date(day * daySeconds * 1_000).toISOString().slice(0, 10),
      gibHours: gibSeconds / hourSeconds,
    })),
  };
}
