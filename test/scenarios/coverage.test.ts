import { cellName, cellsOf, missing, unshownRefusals, whyImpossible } from './coverage.ts';
import { scenarios } from './scenario.ts';

const cells = scenarios.flatMap(cellsOf);

describe('scenarios', () => {
  it('show every rule granting and refusing under every policy, where possible', () => {
    expect(missing(cells)).toEqual([]);
  });

  it('show no case that is listed as impossible', () => {
    expect(cells.filter((cell) => whyImpossible(cell) !== undefined).map(cellName)).toEqual([]);
  });

  it('have unique names', () => {
    const names = scenarios.map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  });

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'contain a refusal by each rule that they claim to refuse by: %s',
    (_, scenario) => {
      expect(unshownRefusals(scenario)).toEqual([]);
    },
  );
});
