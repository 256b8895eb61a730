import type { Service } from './service.ts';

export type Step<Result> = (service: Service) => Promise<Result>;

/**
 * Runs the steps of a call one after the other. Several steps are validated first, so that a call fails before it has changed
 * anything where possible. A dry run only validates, and returns nothing.
 */
export async function validateThenRun<Result>(
  service: Service,
  isDryRun: boolean,
  steps: readonly Step<Result>[],
): Promise<Result[]> {
  if (isDryRun || steps.length > 1) {
    for (const step of steps) {
      await step(service.withOptions({ isDryRun: true }));
    }
  }
  if (isDryRun) {
    return [];
  }
  const results: Result[] = [];
  for (const step of steps) {
    results.push(await step(service));
  }
  return results;
}
