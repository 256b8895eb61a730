import { type BenchDynamoDB, withDynamoDB } from './dynamodb.ts';
import { callersText, contenderOf, floorTarget, inconsistenciesOf } from './load/contenders.ts';
import { glance } from './load/glance.ts';
import { callsPerRound, operationNames, operations } from './load/operations.ts';
import { startAsNpmStart, startHost } from './load/services.ts';
import { Tally } from './load/tally.ts';
import type { Cell, Goal, Part, PartOptions, PartResult } from './part.ts';
import { measureInTurns, p50, p99, type Timings } from './stats.ts';

const callerCounts = [1, 16] as const;

export const http: Part = {
  title: 'HTTP',
  about:
    'Requests over HTTP in a closed loop from the same machine: to the functions as they are bundled for AWS behind a thin node:http host, and to npm start. The floor is the same requests to DynamoDB alone, from the process that makes the load. All take turns.',
  run: (options) => withDynamoDB((dynamodb) => measure(dynamodb, options)),
};

async function measure(dynamodb: BenchDynamoDB, { isQuick, progress }: PartOptions): Promise<PartResult> {
  const tally = new Tally();
  const { target: npmStart, issuer, stop: stopNpmStart } = await startAsNpmStart(dynamodb, tally);
  try {
    const { target: bundles, stop: stopHost } = await startHost(dynamodb, tally, issuer);
    try {
      const targets = { floor: await floorTarget(dynamodb), bundles, npmStart };
      const measured: Measured[] = [];
      for (const operation of operations) {
        for (const callers of callerCounts) {
          progress(`${operation.name}, ${callersText(callers)}`);
          const calls = callsPerRound(operation.name, callers);
          const timings = await measureInTurns(
            {
              floor: contenderOf(targets.floor, operation),
              bundles: contenderOf(targets.bundles, operation),
              npmStart: contenderOf(targets.npmStart, operation),
            },
            isQuick ? { rounds: 1, callers, calls: 2 } : { rounds: 8, secondsMax: 9, callers, calls },
          );
          measured.push({ operation: operation.name, callers, ...timings });
        }
      }
      const problems = [...tally.problems, ...(await inconsistenciesOf(dynamodb, targets))];
      return { ...resultOf(measured), problems };
    } finally {
      await stopHost();
    }
  } finally {
    await stopNpmStart();
  }
}

interface Measured extends Record<'floor' | 'bundles' | 'npmStart', Timings> {
  readonly operation: string;
  readonly callers: (typeof callerCounts)[number];
}

function resultOf(measured: readonly Measured[]): PartResult {
  const compared = measured.flatMap(({ operation, callers, bundles }) => {
    const { perSecond, goal } = glance.figures[operation] ?? {};
    return perSecond === undefined || callers === 1 ? [] : [{ operation, times: bundles.perSecond / perSecond[1], goal }];
  });
  return {
    tables: [
      {
        name: 'http',
        title: 'Requests over HTTP',
        columns: [
          ...['call', 'callers', 'floor, 1/s', 'bundles, 1/s', 'p50, ms', 'p99, ms'],
          ...['npm start, 1/s', 'npm start p50, ms', 'npm start p99, ms', 'Glance, 1/s'],
        ],
        rows: measured.map(({ operation, callers, floor, bundles, npmStart }): Cell[] => [
          ...[operation, callers, floor.perSecond],
          ...[bundles.perSecond, p50(bundles.ms), p99(bundles.ms)],
          ...[npmStart.perSecond, p50(npmStart.ms), p99(npmStart.ms)],
          glance.figures[operation]?.perSecond[callers === 1 ? 0 : 1],
        ]),
        note: `Glance: ${glance.source}. Its pages have 200 images; the figure is for 100 of them.`,
      },
      {
        name: 'http-16',
        title: 'Requests a second, 16 callers',
        columns: ['call', 'floor', 'bundles', 'npm start', 'Glance'],
        rows: measured
          .filter(({ callers }) => callers === 16)
          .map(({ operation, floor, bundles, npmStart }) => [
            operation,
            ...[floor.perSecond, bundles.perSecond, npmStart.perSecond],
            glance.figures[operation]?.perSecond[1],
          ]),
        plot: { kind: 'bars', series: ['floor', 'bundles', 'npm start', 'Glance'], unit: 'requests/s', scale: 'logarithmic' },
      },
      {
        name: 'http-images',
        title: 'Received images a second',
        columns: ['page', 'callers', 'floor', 'bundles', 'npm start', 'Glance'],
        rows: measured.flatMap(({ operation, callers, floor, bundles, npmStart }): Cell[][] => {
          const images = pages[operation];
          const ofGlance = glance.figures[operation]?.perSecond[callers === 1 ? 0 : 1] ?? 0;
          return images === undefined
            ? []
            : [
                [
                  operation,
                  callers,
                  ...[floor.perSecond, bundles.perSecond, npmStart.perSecond, ofGlance].map((n) => n * images),
                ],
              ];
        }),
      },
    ],
    goals: compared.map(({ operation, times, goal }): Goal => {
      return { what: `${operation}, 16 callers: requests/s / Glance`, measured: times, unit: 'times', atLeast: goal ?? 0 };
    }),
  };
}

const pages: Readonly<Record<string, number>> = { [operationNames.page100]: 100, [operationNames.page25]: 25 };
