/** Names for ids, times, and numbers in scenarios, and their values in one run. */

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Parses a duration such as `60s` to milliseconds. */
export function msOf(duration: string): number {
  const [, count, unit] = /^([+-]?\d+)(ms|s|m|h|d)$/.exec(duration) ?? [];
  if (unit === undefined) {
    throw new Error(`${duration} is not a duration`);
  }
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** Expands `h01..h50` to the names in that range. Returns any other text unchanged. */
export function expandRange(text: string): string[] {
  const [, prefix = '', first = '', last] = /^([^.\d]+)(\d+)\.\.\1(\d+)$/.exec(text) ?? [];
  return last === undefined
    ? [text]
    : Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, index) => `${prefix}${String(Number(first) + index).padStart(first.length, '0')}`,
      );
}

/** Texts that look like a name but state an expectation: see expectation.ts. */
const keywords = new Set(['$absent', '$present']);

/** The values of the names in one run. */
export class Names {
  readonly #values = new Map<string, unknown>();
  readonly #now: () => Date;
  readonly #start: Date;

  constructor(now: () => Date) {
    this.#now = now;
    this.#start = now();
  }

  set(name: string, value: unknown): void {
    if (this.#values.has(name) || value === undefined) {
      throw new Error(value === undefined ? `There is no value to save as ${name}` : `${name} is defined twice`);
    }
    this.#values.set(name, value);
  }

  /** Returns the value of a name, given without its `$`. */
  get(name: string): unknown {
    const [, instant, duration] = /^(now|start)([+-]\d+\w+)?$/.exec(name) ?? [];
    if (instant !== undefined) {
      const from = instant === 'now' ? this.#now() : this.#start;
      return new Date(from.getTime() + (duration === undefined ? 0 : msOf(duration))).toISOString();
    }
    if (!this.#values.has(name)) {
      throw new Error(`${name} is not defined`);
    }
    return this.#values.get(name);
  }

  text(name: string): string {
    return String(this.get(name));
  }

  /** Replaces every string in a value that starts with `$` by the value of that name. */
  resolve(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.startsWith('$') && !keywords.has(value) ? this.get(value.slice(1)) : value;
    }
    if (Array.isArray(value)) {
      return value.flatMap((item) => (typeof item === 'string' ? expandRange(item) : [item])).map((item) => this.resolve(item));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]));
    }
    return value;
  }
}
