/** `npm run fsck [-- --repair]`: checks the whole table and optionally repairs it. For tables and exit codes, see `usage`. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { regionsFrom } from '../lib/app/regions.ts';
import { fsck } from '../lib/maintenance/fsck.ts';
import type { Finding } from '../lib/maintenance/fsck-scan.ts';
import { documentClientOf } from '../lib/table/document-client.ts';
import { DynamoDBStore } from '../lib/table/dynamodb-store.ts';
import type { Store } from '../lib/table/store.ts';
import { processUsing } from '../local/data-dir-lock.ts';
import { clientOf } from '../local/embedded-dynamodb.ts';
import { exitWith, parseOptions } from '../local/options.ts';
import { defaultRegions, localTable, readRunState } from '../local/run-state.ts';

const usage = `Usage: npm run -s fsck [-- --repair]
Checks the table of the npm start that is running with the same DATA_DIR. If TABLE_NAME is set, checks that table
instead, at DYNAMODB_ENDPOINT or on AWS, with the regions in REGIONS. --repair fixes problems that can be repaired safely.
Exit codes: 0 no problems, 1 problems found (with --repair: problems remain), 2 the check failed.`;

await exitWith(async () => {
  const { values } = parseOptions({ options: { help: { type: 'boolean' }, repair: { type: 'boolean' } } }, 'npm run -s fsck');
  if (values.help) {
    console.log(usage);
    return 0;
  }
  return check(values.repair === true);
});

/** Prints the findings and returns the exit code. */
async function check(repair: boolean): Promise<number> {
  const { store, regions } = await tableFrom(process.env);
  const options = { store, regions: regionsFrom(regions), now: () => new Date() };
  const findings = await fsck(options);
  for (const finding of findings) {
    console.log(
      `${finding.problem}: ${finding.subject} ${finding.detail}${repair ? ` - ${await applyRepair(finding, store)}` : ''}`,
    );
  }
  const remaining = repair ? await fsck(options) : findings;
  console.log(
    findings.length === 0
      ? 'No problems found.'
      : `Problems found: ${findings.length}. ${repair ? `Remaining: ${remaining.length}.` : 'To repair them, run npm run fsck -- --repair.'}`,
  );
  return remaining.length === 0 ? 0 : 1;
}

async function tableFrom(environment: NodeJS.ProcessEnv): Promise<{ store: Store; regions: string }> {
  const table = environment['TABLE_NAME'];
  const endpoint = environment['DYNAMODB_ENDPOINT'];
  if (table !== undefined) {
    const client = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
    return { store: storeOf(client, table), regions: environment['REGIONS'] ?? defaultRegions() };
  }
  const folder = environment['DATA_DIR'] || '.data';
  const runState = (await processUsing(folder)) === undefined ? undefined : readRunState(folder);
  if (runState === undefined) {
    throw new Error(
      `npm start isn't running on ${folder}. Start it first. If it uses a different DATA_DIR, set the same one here. To check a table on AWS, set TABLE_NAME.`,
    );
  }
  return { store: storeOf(clientOf(runState.dynamodb), localTable), regions: runState.regions };
}

function storeOf(client: DynamoDBClient, table: string): Store {
  return new DynamoDBStore(documentClientOf(client), table);
}

async function applyRepair({ repair }: Finding, store: Store): Promise<string> {
  if (repair === undefined) {
    return 'needs manual action';
  }
  return (await store.commit(repair)).committed ? 'repaired' : 'skipped, because it has changed';
}
