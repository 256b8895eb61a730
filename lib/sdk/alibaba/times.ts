/** Formats a time to the second, in UTC. */
export const toSecond = (instant: string): string => `${instant.slice(0, 19)}Z`;

/** Formats a time to the minute, in UTC, as ECS does for instances and disks. */
export const toMinute = (instant: string): string => `${instant.slice(0, 16)}Z`;
