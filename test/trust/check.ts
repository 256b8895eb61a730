import { policyFixtures } from '../support/builders.ts';

/** `short` is part of `npm test`, `full` is `npm run trust`, and `deep` takes hours. */
export type Size = 'short' | 'full' | 'deep';

export interface Result {
  readonly rounds: number;
  readonly violations: readonly unknown[];
}

export interface Check {
  readonly name: string;
  /** Whether something is wrong on purpose, so that the check must find violations. */
  readonly mustFail?: boolean;
  run(): Promise<Result>;
}

/** Plays something in the regions of each cloud, and adds up the results. */
export async function addUp(play: (fixture: (typeof policyFixtures)[number], cloud: number) => Promise<Result>): Promise<Result> {
  let rounds = 0;
  const violations: unknown[] = [];
  for (const [cloud, fixture] of policyFixtures.entries()) {
    const found = await play(fixture, cloud);
    rounds += found.rounds;
    violations.push(...found.violations);
  }
  return { rounds, violations };
}
