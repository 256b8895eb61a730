/**
 * Crashes: callers change an image at the same time, until a part of `npm start` is killed without warning. After a restart, all
 * acknowledged changes are there, those without an answer are whole or absent, and fsck finds nothing.
 */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { regionsFrom } from '../../lib/app/regions.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import { freePortPair } from '../../local/ports.ts';
import { defaultRegions } from '../../local/run-state.ts';
import { type PolicyFixture, policyFixtures } from '../support/builders.ts';
import { anImage, type TestedService } from './calls.ts';
import type { Result } from './check.ts';
import { History } from './linearizability.ts';
import { NpmStart, type Part } from './npm-start.ts';
import { serviceOver } from './over-clients.ts';
import { aCall } from './workload.ts';

const callers = 4;
/** The part is killed while the callers make this many calls. */
const callsMax = 24;

interface CrashOptions {
  readonly rounds: number;
  /** Whether the data are then replaced by those from before the calls, as a database would leave them that loses its last writes. */
  readonly losesWrites?: boolean;
}

/** Kills a part a number of times, each time at another moment, on the same data. */
export async function playCrashes(part: Part, { rounds, losesWrites = false }: CrashOptions): Promise<Result> {
  const parent = mkdtempSync(join(tmpdir(), 'image-share-crash-'));
  const [folder, earlier] = [join(parent, 'data'), join(parent, 'earlier')];
  const port = await freePortPair();
  const moments = fc.sample(fc.integer({ min: 1, max: callsMax }), { numRuns: rounds, seed: 1 });
  const violations: unknown[] = [];
  let service = await NpmStart.start(folder, port);
  try {
    for (const [index, moment] of moments.entries()) {
      const fixture = policyFixtures[index % policyFixtures.length] as PolicyFixture;
      const tested = await serviceOver(service.clients, fixture);
      const history = new History(fixture, mayEnd(tested));
      await history.recordAll(anImage(fixture));
      if (losesWrites) {
        await service.stop();
        cpSync(folder, earlier, { recursive: true });
        service = await NpmStart.start(folder, port);
      }
      await callUntil(history, { seed: index, moment, end: () => service.kill(part) });
      if (losesWrites) {
        rmSync(folder, { recursive: true });
        renameSync(earlier, folder);
      }
      service = await NpmStart.start(folder, port);
      const violation = (await history.violation(tested)) ?? (await findings(service));
      violations.push(...(violation === undefined ? [] : [{ part, moment, violation }]));
    }
  } finally {
    await service.stop();
    rmSync(parent, { recursive: true });
  }
  return { rounds, violations };
}

/** The callers make calls. With the answer number `moment`, everything ends while the others wait for theirs. */
async function callUntil(
  history: History,
  { seed, moment, end }: { readonly seed: number; readonly moment: number; readonly end: () => Promise<void> },
): Promise<void> {
  const lists = fc.sample(fc.array(aCall, { minLength: callsMax, maxLength: callsMax }), { numRuns: callers, seed });
  let answers = 0;
  let ending: Promise<void> | undefined;
  await Promise.all(
    lists.map(async (calls) => {
      for (const call of calls) {
        if (ending !== undefined) {
          return;
        }
        await history.record(call);
        answers += 1;
        if (answers === moment) {
          ending = end();
        }
      }
    }),
  );
  await ending;
}

/** A call that isn't answered has an unknown outcome. */
const mayEnd = (service: TestedService): TestedService => ({
  ...service,
  send: (...call) =>
    service.send(...call).catch((failure: unknown) => {
      if (failure instanceof TypeError) {
        return 'Unavailable';
      }
      throw failure;
    }),
});

async function findings({ store }: NpmStart): Promise<unknown> {
  const found = await fsck({ store, regions: regionsFrom(defaultRegions()), now: () => new Date() });
  return found.length === 0 ? undefined : found;
}
