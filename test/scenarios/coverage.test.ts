import { cellName, cellsOf, missing, unshownRefusals, whyImpossible } from './coverage.ts';
import { scenarios } from './scenario.ts';

const cells = scenarios.flatMap(cellsOf);

describe('the scenarios', () => {
  it('show every rule with a yes and a no under every policy, where it can be', () => {
    expect(missing(cells)).toEqual([]);
  });

  it('show nothing that is listed as impossible', () => {
    expect(cells.filter((cell) => whyImpossible(cell) !== undefined).map(cellName)).toEqual([]);
  });

  it('have names of their own', () => {
    const names = scenarios.map(({ name }) => name);

    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
  });

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'have a refusal by each rule that refuses: %s',
    (_, scenario) => {
      expect(unshownRefusals(scenario)).toEqual([]);
    },
  );
});
