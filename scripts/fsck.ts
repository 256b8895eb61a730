/**
 * `npm run fsck [-- --repair]`: checks the whole table, and mends it when told to. Exit code 1: something is wrong;
 * 2: it could not be checked.
 *
 * Checks the table TABLE_NAME, at DYNAMODB_ENDPOINT or on AWS; without TABLE_NAME that of the running `npm start`.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { regionsFrom } from '../lib/app/regions.ts';
import { fsck } from '../lib/maintenance/fsck.ts';
import type { Finding } from '../lib/maintenance/fsck-scan.ts';
import { DynamoDBStore } from '../lib/table/dynamodb-store.ts';
import type { Store } from '../lib/table/store.ts';
import { dataDirUser } from '../local/data-dir-lock.ts';
import { clientOf } from '../local/embedded-dynamodb.ts';
import { optionsOf } from '../local/options.ts';
import { defaultRegions, factsOf, localTable } from '../local/run-facts.ts';

const usage = `Usage: npm run -s fsck [-- --repair]
Checks the table of the running npm start, which has the same DATA_DIR; with TABLE_NAME set, that table at
DYNAMODB_ENDPOINT or on AWS, with the regions in REGIONS. --repair mends what can be mended.
Exit codes: 0 nothing is wrong, 1 something is, 2 it could not be checked.`;

try {
  const { values } = optionsOf({ options: { help: { type: 'boolean' }, repair: { type: 'boolean' } } }, 'npm run -s fsck');
  if (values.help) {
    console.log(usage);
  } else {
    process.exitCode = await check(values.repair === true);
  }
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 2;
}

/** Prints what is wrong, and gives the exit code. */
async function check(repair: boolean): Promise<number> {
  const { store, regions } = await tableFrom(process.env);
  const checking = { store, regions: regionsFrom(regions), now: () => new Date() };
  const findings = await fsck(checking);
  for (const finding of findings) {
    console.log(`${finding.problem}: ${finding.subject} ${finding.detail}${repair ? ` - ${await mend(finding, store)}` : ''}`);
  }
  const left = repair ? await fsck(checking) : findings;
  console.log(
    findings.length === 0
      ? 'Nothing is wrong.'
      : `${findings.length} found${repair ? `, ${left.length} left` : '; npm run fsck -- --repair mends what can be mended'}.`,
  );
  return left.length === 0 ? 0 : 1;
}

async function tableFrom(environment: NodeJS.ProcessEnv): Promise<{ store: Store; regions: string }> {
  const table = environment['TABLE_NAME'];
  const endpoint = environment['DYNAMODB_ENDPOINT'];
  if (table !== undefined) {
    const client = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
    return { store: storeOf(client, table), regions: environment['REGIONS'] ?? defaultRegions() };
  }
  const folder = environment['DATA_DIR'] || '.data';
  const facts = (await dataDirUser(folder)) === undefined ? undefined : factsOf(folder);
  if (facts === undefined) {
    throw new Error(
      `npm start does not run on ${folder}. Start it first; where it has another DATA_DIR, set the same here. TABLE_NAME names a table on AWS.`,
    );
  }
  return { store: storeOf(clientOf(facts.dynamodb), localTable), regions: facts.regions };
}

function storeOf(client: DynamoDBClient, table: string): Store {
  return new DynamoDBStore(DynamoDBDocumentClient.from(client), table);
}

async function mend({ repair }: Finding, store: Store): Promise<string> {
  if (repair === undefined) {
    return 'a person has to decide';
  }
  return (await store.commit(repair)).committed ? 'mended' : 'changed meanwhile, left alone';
}
