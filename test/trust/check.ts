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
