import { formatTime } from './format-time.ts';

/** A time that breaks only between date and time. */
export function Time({ at }: { at: Date | string }) {
  const [date, time] = formatTime(at).split(' ');
  return (
    <span>
      <span style={{ whiteSpace: 'nowrap' }}>{date}</span> <span style={{ whiteSpace: 'nowrap' }}>{time}</span>
    </span>
  );
}
