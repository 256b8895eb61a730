import type { components } from '../api/schema.d.ts';
import { formatTime } from '../components/format-time.ts';

type Rescheduling = Pick<components['schemas']['SharedWith'], 'shares' | 'rescheduled' | 'previousExpirations'>;

interface Texts {
  readonly noExpiration: string;
  /** One previous expiration, and how many recipients had it. */
  readonly before: (at: string, recipients: number) => string;
  readonly rescheduled: (name: string, recipients: number, to: string, before: readonly string[]) => string;
}

/** How many different previous expirations a message names. */
const namedMax = 3;

/** Says from when to when shares moved. Undefined if none did. All of them have the same new expiration. */
export function rescheduledText(name: string, result: Rescheduling, texts: Texts): string | undefined {
  const { shares, rescheduled, previousExpirations = {} } = result;
  const [first] = rescheduled;
  if (first === undefined) {
    return undefined;
  }
  const textOf = (at: string | null | undefined) => (at === null || at === undefined ? texts.noExpiration : formatTime(at));
  const to = textOf(shares.find(({ recipient }) => recipient === first)?.expiresAt);
  const counts = new Map<string, number>();
  for (const recipient of rescheduled) {
    const before = textOf(previousExpirations[recipient]);
    counts.set(before, (counts.get(before) ?? 0) + 1);
  }
  const before = [...counts].sort(([a], [b]) => a.localeCompare(b));
  const named = before.length === 1 ? [before[0]?.[0] ?? ''] : before.slice(0, namedMax).map(([at, n]) => texts.before(at, n));
  return texts.rescheduled(name, rescheduled.length, to, before.length > namedMax ? [...named, '…'] : named);
}
