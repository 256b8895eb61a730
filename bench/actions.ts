import { startIssuer } from '../local/issuer.ts';
import { freePortPair } from '../local/ports.ts';
import { withDynamoDB } from './dynamodb.ts';
import { bundle } from './load/bundles.ts';
import { callersText, contenderOf, floorTarget, inconsistenciesOf, seedTable, type Target } from './load/contenders.ts';
import { environmentOf, muteOutput } from './load/environment.ts';
import { bundledFunctions, Handlers } from './load/handlers.ts';
import { callsPerRound, operationNames, operations } from './load/operations.ts';
import { Tally } from './load/tally.ts';
import { Tokens } from './load/tokens.ts';
import type { Cell, Goal, Part } from './part.ts';
import { measureInTurns, p50, p99 } from './stats.ts';

/** How many times as long as the floor an access check may take, by the number of callers. */
const checkAtMost: Readonly<Record<number, number>> = { 1: 1.3, 16: 1.5 };

export const actions: Part = {
  title: 'Actions',
  about:
    'The functions as they are bundled for AWS, called in one process, with access tokens and the log. The floor is the same requests to DynamoDB alone, made with the official SDK (lib-dynamodb, default settings). Both take turns.',
  run: ({ isQuick, progress }) =>
    withDynamoDB(async (dynamodb) => {
      const port = await freePortPair();
      const { issuer, server } = await startIssuer({ port, apiPort: port + 1 });
      const table = await dynamodb.freshTable();
      Object.assign(process.env, environmentOf({ endpoint: dynamodb.endpoint, table, issuer }));
      const bundles = await bundle(bundledFunctions);
      try {
        const tally = new Tally();
        const handlers = new Handlers(bundles, new Tokens(issuer));
        const action: Target = {
          ...(await seedTable(dynamodb, table)),
          async callOf(operation, request) {
            const invoke = await handlers.invocation(request);
            return async () => tally.add('actions', operation, await invoke(), request.status);
          },
        };
        const targets = { floor: await floorTarget(dynamodb), action };
        const rows: Cell[][] = [];
        const goals: Goal[] = [];
        for (const operation of operations) {
          const row: Cell[] = [operation.name];
          for (const callers of [1, 16]) {
            progress(`${operation.name}, ${callersText(callers)}`);
            const unmute = muteOutput();
            const calls = callsPerRound(operation.name, callers);
            const { floor, action: measured } = await measureInTurns(
              { floor: contenderOf(targets.floor, operation), action: contenderOf(targets.action, operation) },
              isQuick ? { rounds: 1, callers, calls: 2 } : { rounds: 8, secondsMax: 7, callers, calls },
            ).finally(unmute);
            const ratio = p50(measured.ms) / p50(floor.ms);
            row.push(p50(floor.ms), p50(measured.ms), ratio, p99(measured.ms) / p99(floor.ms));
            if (operation.name === operationNames.check) {
              const what = `access check, p50, ${callersText(callers)}: action / floor`;
              goals.push({ what, measured: ratio, unit: 'times', atMost: checkAtMost[callers] as number });
            }
          }
          rows.push(row);
        }
        return {
          tables: [
            {
              name: 'actions',
              title: 'Actions compared with the floor',
              columns: [
                'call',
                'floor p50, ms',
                'action p50, ms',
                'p50 / floor, 1 caller',
                'p99 / floor, 1 caller',
                'floor p50, 16 callers, ms',
                'action p50, 16 callers, ms',
                'p50 / floor, 16 callers',
                'p99 / floor, 16 callers',
              ],
              rows,
              plot: {
                kind: 'bars',
                series: ['p50 / floor, 1 caller', 'p50 / floor, 16 callers'],
                unit: 'times the floor',
                mark: { at: 1, title: 'floor' },
              },
            },
          ],
          goals,
          problems: [...tally.problems, ...(await inconsistenciesOf(dynamodb, targets))],
        };
      } finally {
        bundles.remove();
        server.closeAllConnections();
        server.close();
      }
    }),
};
