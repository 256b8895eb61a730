import { checksOf } from './checks.ts';

const { checks, stop } = checksOf('short');
afterAll(stop);

it.each(checks.map((check) => [check.mustFail === true ? `${check.name} (must fail)` : check.name, check] as const))(
  '%s',
  async (_, { run, mustFail = false }) => {
    const { rounds, violations } = await run();

    expect(rounds).toBeGreaterThan(0);
    if (mustFail) {
      expect(violations).not.toEqual([]);
    } else {
      expect(violations).toEqual([]);
    }
  },
);
