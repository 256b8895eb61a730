import { measureCosts } from './costs/measure.ts';
import type { Cost } from './costs/meter.ts';
import { assumptions, callDollars, dynamoDBDollars, prices } from './costs/prices.ts';
import { withDynamoDB } from './dynamodb.ts';
import { memoryOf } from './load/bundles.ts';
import type { Part, PartResult } from './part.ts';

export const costs: Part = {
  title: 'Costs',
  about:
    'The requests of each call to DynamoDB, the read and write units that DynamoDB reports for them, and what a million calls cost on AWS. A test compares requests and units with bench/budgets.yaml.',
  run: () =>
    withDynamoDB(async ({ plainClient, freshTable }) =>
      resultOf(await measureCosts(async () => ({ client: plainClient(), table: await freshTable() }))),
    ),
};

/** The calls in the plot. */
const mainCalls = [
  'CheckImageAccess, by the compute platform, 50 recipients',
  'GetImage, by a recipient',
  'ListImages, received, a page of 25',
  'ListImageShares, of 50',
  'ImportImage',
  'ShareImage, with one',
  'ShareImage, with 50',
  'CancelImageShares, one of two',
  'DeleteImage',
];

/** Rows that aren't actions are work that no request of its own causes. */
const isAction = (call: string): boolean => /^[A-Z]/.test(call);

/** The function of the action that a row starts with. */
const functionOf = (call: string): string =>
  call
    .replace(/,.*/, '')
    .replace(/(?<=[a-z])[A-Z]/g, '-$&')
    .toLowerCase();

function resultOf(measured: ReadonlyMap<string, Cost>): PartResult {
  const totals = new Map(
    [...measured].map(([call, cost]) => [
      call,
      isAction(call) ? callDollars(cost, memoryOf(functionOf(call))) : dynamoDBDollars(cost),
    ]),
  );
  return {
    tables: [
      {
        name: 'prices',
        title: 'Cost of a million calls',
        columns: ['call', 'DynamoDB', 'with everything else'],
        rows: mainCalls.map((call) => [call, dynamoDBDollars(measured.get(call) as Cost), totals.get(call)]),
        plot: { kind: 'bars', series: ['DynamoDB', 'with everything else'], unit: 'US dollars', scale: 'logarithmic' },
        note: assumptions,
      },
      {
        name: 'costs',
        title: 'Each call',
        columns: ['call', 'requests', 'read units', 'write units', 'dollars per million'],
        rows: [...measured].map(([call, { requests, reads, writes }]) => [call, requests, reads, writes, totals.get(call)]),
      },
      {
        name: 'list-prices',
        title: 'List prices, us-east-1',
        columns: ['what', 'dollars', 'per', 'date', 'source'],
        rows: Object.values(prices).map(({ what, dollars, per, date, source }) => [what, String(dollars), per, date, source]),
      },
    ],
    goals: [
      {
        what: 'access check with 50 recipients: read units',
        measured: measured.get('CheckImageAccess, by the compute platform, 50 recipients')?.reads ?? Number.NaN,
        unit: 'units',
        atMost: 1,
      },
      {
        what: 'share with one: write units',
        measured: measured.get('ShareImage, with one')?.writes ?? Number.NaN,
        unit: 'units',
        atMost: 10,
      },
    ],
  };
}
