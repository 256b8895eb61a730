/**
 * `npm run coverage:rules`: runs the scenarios and prints which rules they cover, for each policy and target. Only scenarios
 * that passed count.
 */
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { type Cell, cellName, cellsOf, impossible, missing, whyImpossible } from '../test/scenarios/coverage.ts';
import { policyNames, scenarios } from '../test/scenarios/scenario.ts';
import { targetNames } from '../test/scenarios/target.ts';
import { runJest } from './run-jest.ts';

process.env['SCENARIOS'] = 'all';
const { results } = runJest(['test/scenarios']);

/** Target, policy, and scenario of each test that passed, as JSON. describe-scenarios.ts defines these titles. */
const passed = new Set(
  results.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed')
    .map(({ ancestorTitles, title }) => JSON.stringify([...ancestorTitles, title])),
);

const coverage = targetNames.map((target) => {
  const cells = scenarios.flatMap((scenario) =>
    cellsOf(scenario).filter(({ policy }) => passed.has(JSON.stringify([target, policy, scenario.name]))),
  );
  return { target, cells, names: new Set(cells.map(cellName)) };
});

const mark = (cell: Cell, covered: ReadonlySet<string>): string =>
  covered.has(cellName(cell)) ? cell.side : whyImpossible(cell) === undefined ? '?' : '-';

const columns = policyNames.flatMap((policy) => coverage.map((column) => ({ policy, ...column })));
const rows = [
  ['', ...columns.map(({ policy, target }) => (target === targetNames[0] ? policy : ''))],
  ['rule', ...columns.map(({ target }) => target)],
  ...ruleSlugs.map((rule) => [
    rule,
    ...columns.map(
      ({ policy, names }) =>
        `${mark({ rule, policy, side: 'yes' }, names).padEnd(3)} ${mark({ rule, policy, side: 'no' }, names)}`,
    ),
  ]),
];
const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
for (const row of rows) {
  console.log(
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

console.log('\n- not possible:');
for (const { rule, side, policies, why } of impossible) {
  console.log(`  ${rule}: ${side} for ${policies.join(' and ')}, because ${why}`);
}

const gaps = coverage.flatMap(({ target, cells }) => missing(cells).map((name) => `${name} on ${target}`));
console.log(
  gaps.length === 0
    ? `\n${ruleSlugs.length} of ${ruleSlugs.length} rules are covered: allowed and denied, for every policy, on ${targetNames.length} targets`
    : `\n? not covered:\n${gaps.map((gap) => `  ${gap}`).join('\n')}`,
);
process.exitCode = gaps.length === 0 ? 0 : 1;
