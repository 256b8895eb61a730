/** A time as answers show it: to the second, UTC. */
export const toSecond = (instant: string): string => `${instant.slice(0, 19)}Z`;

/** A time as instances and disks show theirs: to the minute, UTC. */
export const toMinute = (instant: string): string => `${instant.slice(0, 16)}Z`;
