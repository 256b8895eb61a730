/** The names that scenarios have for ids, instants and numbers, and what they stand for in one run. */

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A span of time, such as `60s`, in milliseconds. */
export function msOf(span: string): number {
  const [, count, unit] = /^([+-]?\d+)(ms|s|m|h|d)$/.exec(span) ?? [];
  if (unit === undefined) {
    throw new Error(`${span} is no span of time`);
  }
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** The names that `h01..h50` stands for; of any other text, itself. */
export function expanded(text: string): string[] {
  const [, prefix = '', first = '', last] = /^([^.\d]+)(\d+)\.\.\1(\d+)$/.exec(text) ?? [];
  return last === undefined
    ? [text]
    : Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, at) => `${prefix}${String(Number(first) + at).padStart(first.length, '0')}`,
      );
}

/** Texts that begin like a name and say how a value has to be: see expectation.ts. */
const words = new Set(['$absent', '$present']);

/** What the names of one run stand for. */
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
      throw new Error(value === undefined ? `Nothing is there to be kept as ${name}` : `${name} is named twice`);
    }
    this.#values.set(name, value);
  }

  /** What a name stands for, without its `$`. */
  get(name: string): unknown {
    const [, instant, span] = /^(now|start)([+-]\d+\w+)?$/.exec(name) ?? [];
    if (instant !== undefined) {
      const from = instant === 'now' ? this.#now() : this.#start;
      return new Date(from.getTime() + (span === undefined ? 0 : msOf(span))).toISOString();
    }
    if (!this.#values.has(name)) {
      throw new Error(`Nothing is named ${name}`);
    }
    return this.#values.get(name);
  }

  text(name: string): string {
    return String(this.get(name));
  }

  /** The value with everything in it that begins with `$` replaced by what it stands for. */
  resolved(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.startsWith('$') && !words.has(value) ? this.get(value.slice(1)) : value;
    }
    if (Array.isArray(value)) {
      return value.flatMap((one) => (typeof one === 'string' ? expanded(one) : [one])).map((one) => this.resolved(one));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.resolved(one)]));
    }
    return value;
  }
}
