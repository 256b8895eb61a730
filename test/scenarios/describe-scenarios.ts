import { play } from './play.ts';
import { policyNames, type Scenario, scenarios } from './scenario.ts';
import type { Target, targetNames } from './target.ts';

type PoliciesOf = (scenario: Scenario, index: number) => readonly string[];

/** For a target to which the policy makes no difference. `npm run coverage:rules` plays every scenario under all of its policies. */
export const underOnePolicy: PoliciesOf = ({ policies }, index) =>
  process.env['SCENARIOS'] === 'all' ? policies : policies.slice(index % policies.length).slice(0, 1);

/**
 * Creates a test for every scenario under each of its policies, or under the given ones. `npm run coverage:rules` parses the
 * test titles.
 */
export function describeScenarios(
  name: (typeof targetNames)[number],
  open: () => Promise<Target>,
  policiesOf: PoliciesOf = ({ policies }) => policies,
): void {
  describe(name, () => {
    let target: Target;
    beforeAll(async () => {
      target = await open();
    });
    afterAll(() => target.close());

    describe.each(policyNames)('%s', (policyName) => {
      const applicable = scenarios.filter((scenario, index) => policiesOf(scenario, index).includes(policyName));

      it.each(applicable.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) =>
        play(scenario, policyName, target),
      );
    });
  });
}
