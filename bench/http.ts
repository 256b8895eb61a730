import { type BenchDynamoDB, withDynamoDB } from './dynamodb.ts';
import { callsOfGlance, GlanceTarget } from './glance/contender.ts';
import { glanceGoals, recordedGlance, recordedOn } from './glance/figures.ts';
import { glanceVersion, isGlanceInstalled, startGlance } from './glance/service.ts';
import { callersText, contenderOf, floorTarget, inconsistenciesOf } from './load/contenders.ts';
import { callsPerRound, operationNames, operations } from './load/operations.ts';
import { startAsNpmStart, startHost } from './load/services.ts';
import { Tally } from './load/tally.ts';
import type { Cell, Goal, Part, PartOptions, PartResult } from './part.ts';
import { type Contender, measureInTurns, p50, p99, type Timings } from './stats.ts';

const callerCounts = [1, 16] as const;
/** Makes no calls. */
const nothing: Contender = { prepare: () => [] };

export const http: Part = {
  title: 'HTTP',
  about:
    'Requests over HTTP in a closed loop from the same machine: to the functions as they are bundled for AWS behind a thin node:http host, to npm start, and to OpenStack Glance if it is installed. The floor is the same requests to DynamoDB alone, from the process that makes the load. All take turns.',
  run: (options) => withDynamoDB((dynamodb) => measureWithGlance(dynamodb, options)),
};

async function measureWithGlance(dynamodb: BenchDynamoDB, options: PartOptions): Promise<PartResult> {
  if (!isGlanceInstalled()) {
    return measure(dynamodb, undefined, options);
  }
  const { origin, stop } = await startGlance();
  try {
    return await measure(dynamodb, origin, options);
  } finally {
    await stop();
  }
}

async function measure(
  dynamodb: BenchDynamoDB,
  glanceOrigin: string | undefined,
  { isQuick, progress }: PartOptions,
): Promise<PartResult> {
  const tally = new Tally();
  const { target: npmStart, issuer, stop: stopNpmStart } = await startAsNpmStart(dynamodb, tally);
  try {
    const { target: bundles, stop: stopHost } = await startHost(dynamodb, tally, issuer);
    try {
      const targets = { floor: await floorTarget(dynamodb), bundles, npmStart };
      const glance = glanceOrigin === undefined ? undefined : new GlanceTarget(glanceOrigin, tally);
      const measured: Measured[] = [];
      for (const operation of operations) {
        for (const callers of callerCounts) {
          progress(`${operation.name}, ${callersText(callers)}`);
          const calls = callsPerRound(operation.name, callers);
          const { glance: ofGlance, ...timings } = await measureInTurns(
            {
              floor: contenderOf(targets.floor, operation),
              bundles: contenderOf(targets.bundles, operation),
              npmStart: contenderOf(targets.npmStart, operation),
              glance: glance?.contenderOf(operation.name) ?? nothing,
            },
            isQuick ? { rounds: 1, callers, calls: 2 } : { rounds: 8, secondsMax: 10, callers, calls },
          );
          const glancePerSecond =
            glance === undefined
              ? recordedGlance[operation.name]?.[callers]
              : ofGlance.perSecond * callsOfGlance(operation.name) || undefined;
          measured.push({ operation: operation.name, callers, ...timings, glancePerSecond });
        }
      }
      const problems = [...tally.problems, ...(await inconsistenciesOf(dynamodb, targets))];
      return {
        ...resultOf(
          measured,
          glance === undefined ? `25.1, measured on ${recordedOn}` : `${glanceVersion()}, measured in the same run`,
        ),
        problems,
      };
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
  /** Calls that compare with the operation. Undefined if there are none. */
  readonly glancePerSecond: number | undefined;
}

function resultOf(measured: readonly Measured[], glance: string): PartResult {
  const sixteen = measured.filter(({ callers }) => callers === 16);
  return {
    tables: [
      {
        name: 'http',
        title: 'Requests over HTTP',
        columns: [
          ...['call', 'callers', 'floor, 1/s', 'bundles, 1/s', 'p50, ms', 'p99, ms'],
          ...['npm start, 1/s', 'npm start p50, ms', 'npm start p99, ms', 'Glance, 1/s'],
        ],
        rows: measured.map(({ operation, callers, floor, bundles, npmStart, glancePerSecond }): Cell[] => [
          ...[operation, callers, floor.perSecond],
          ...[bundles.perSecond, p50(bundles.ms), p99(bundles.ms)],
          ...[npmStart.perSecond, p50(npmStart.ms), p99(npmStart.ms)],
          glancePerSecond,
        ]),
        note: `Glance: OpenStack Glance ${glance}. Debian's package with two eventlet workers and MariaDB with durable commits, without token checks. Its pages have 200 images; the figure is for 100 of them.`,
      },
      {
        name: 'http-16',
        title: 'Requests a second, 16 callers',
        columns: ['call', 'floor', 'bundles', 'npm start', 'Glance'],
        rows: sixteen.map(({ operation, floor, bundles, npmStart, glancePerSecond }) => [
          operation,
          ...[floor.perSecond, bundles.perSecond, npmStart.perSecond, glancePerSecond],
        ]),
        plot: { kind: 'bars', series: ['floor', 'bundles', 'npm start', 'Glance'], unit: 'requests/s', scale: 'logarithmic' },
      },
      {
        name: 'http-images',
        title: 'Received images a second',
        columns: ['page', 'callers', 'floor', 'bundles', 'npm start', 'Glance'],
        rows: measured.flatMap(({ operation, callers, floor, bundles, npmStart, glancePerSecond }): Cell[][] => {
          const images = pages[operation];
          return images === undefined
            ? []
            : [
                [
                  operation,
                  callers,
                  ...[floor.perSecond, bundles.perSecond, npmStart.perSecond, glancePerSecond ?? 0].map((n) => n * images),
                ],
              ];
        }),
      },
    ],
    goals: sixteen.flatMap(({ operation, bundles, glancePerSecond }): Goal[] =>
      glancePerSecond === undefined
        ? []
        : [
            {
              what: `${operation}, 16 callers: requests/s / Glance`,
              measured: bundles.perSecond / glancePerSecond,
              unit: 'times',
              atLeast: glanceGoals[operation] ?? 0,
            },
          ],
    ),
  };
}

const pages: Readonly<Record<string, number>> = { [operationNames.page100]: 100, [operationNames.page25]: 25 };
