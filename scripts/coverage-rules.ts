/**
 * `npm run coverage:rules`: plays the scenarios and prints which rules they show at work, under which policy and on which
 * target. Only what passed is marked.
 */
import { ruleSlugs } from '../lib/model/rule-slug.ts';
import { type Cell, cellName, cellsOf, impossible, missing, whyImpossible } from '../test/scenarios/coverage.ts';
import { policyNames, scenarios } from '../test/scenarios/scenario.ts';
import { targetNames } from '../test/scenarios/target.ts';
import { runJest } from './run-jest.ts';

const { results } = runJest(['test/scenarios']);

/** The titles of the tests that passed: target, policy and scenario, as describe-scenarios.ts makes them. */
const passed = new Set(
  results.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed')
    .map(({ ancestorTitles, title }) => JSON.stringify([...ancestorTitles, title])),
);

const shownOn = targetNames.map((target) => {
  const cells = scenarios.flatMap((scenario) =>
    cellsOf(scenario).filter(({ policy }) => passed.has(JSON.stringify([target, policy, scenario.name]))),
  );
  return { target, cells, names: new Set(cells.map(cellName)) };
});

const mark = (cell: Cell, shown: ReadonlySet<string>): string =>
  shown.has(cellName(cell)) ? cell.side : whyImpossible(cell) === undefined ? '?' : '-';

const columns = policyNames.flatMap((policy) => shownOn.map((shown) => ({ policy, ...shown })));
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

console.log('\n- where there can be none:');
for (const { rule, side, policies, why } of impossible) {
  console.log(`  ${rule}: ${side} under ${policies.join(' and ')}, since ${why}`);
}

const gaps = shownOn.flatMap(({ target, cells }) => missing(cells).map((name) => `${name} on ${target}`));
console.log(
  gaps.length === 0
    ? `\n${ruleSlugs.length} of ${ruleSlugs.length} rules: yes and no, every policy, three targets`
    : `\n? where it is missing:\n${gaps.map((gap) => `  ${gap}`).join('\n')}`,
);
process.exitCode = gaps.length === 0 ? 0 : 1;
