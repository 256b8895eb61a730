import { play } from './play.ts';
import { policyNames, scenarios } from './scenario.ts';
import type { Target, targetNames } from './target.ts';

/** Creates a test for every scenario under each of its policies. `npm run coverage:rules` parses the test titles. */
export function describeScenarios(name: (typeof targetNames)[number], open: () => Promise<Target>): void {
  describe(name, () => {
    let target: Target;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());

    describe.each(policyNames)('%s', (policyName) => {
      const applicable = scenarios.filter(({ policies }) => policies.includes(policyName));

      it.each(applicable.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) =>
        play(scenario, policyName, target),
      );
    });
  });
}
