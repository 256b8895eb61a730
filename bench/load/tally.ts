/** Counts responses with an unexpected status. */
export class Tally {
  readonly #unexpected = new Map<string, number>();

  /** Checks the status of a response. */
  add(contender: string, operation: string, status: number | undefined, expected: number): void {
    if (status !== expected) {
      const text = `${contender}: ${operation}: status ${status} instead of ${expected}`;
      this.#unexpected.set(text, (this.#unexpected.get(text) ?? 0) + 1);
    }
  }

  get problems(): string[] {
    return [...this.#unexpected].map(([text, count]) => `${text}, ${count} times`);
  }
}
