/**
 * `npm run fsck [-- --repair]`: checks the whole table, and mends it when told to. Exit code 1: something is wrong.
 *
 * Checks the table TABLE_NAME, at DYNAMODB_ENDPOINT or on AWS; without TABLE_NAME that of the running `npm start`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { regionsFrom } from '../lib/clouds/regions.ts';
import { DynamoDBStore } from '../lib/store/dynamodb.ts';
import { fsck } from '../lib/store/fsck.ts';
import type { Finding } from '../lib/store/fsck-pass.ts';
import type { Store } from '../lib/store/store.ts';
import { anyCredentials } from '../local/embedded-dynamodb.ts';
import { defaultRegions, endpointFile, localTable } from '../local/run-facts.ts';

const { values: options } = parseArgs({ options: { repair: { type: 'boolean', default: false } } });

try {
  const store = storeFrom(process.env);
  const checking = { store, regions: regionsFrom(process.env['REGIONS'] ?? defaultRegions()), now: () => new Date() };
  const findings = await fsck(checking);
  for (const finding of findings) {
    console.log(
      `${finding.problem}: ${finding.subject} ${finding.detail}${options.repair ? ` - ${await mend(finding, store)}` : ''}`,
    );
  }
  const left = options.repair ? await fsck(checking) : findings;
  console.log(
    findings.length === 0
      ? 'Nothing is wrong.'
      : `${findings.length} found${options.repair ? `, ${left.length} left` : '; npm run fsck -- --repair mends what can be mended'}.`,
  );
  process.exitCode = left.length === 0 ? 0 : 1;
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 2;
}

function storeFrom(environment: NodeJS.ProcessEnv): Store {
  const table = environment['TABLE_NAME'];
  const endpoint = environment['DYNAMODB_ENDPOINT'];
  if (table !== undefined) {
    return new DynamoDBStore(DynamoDBDocumentClient.from(new DynamoDBClient(endpoint === undefined ? {} : { endpoint })), table);
  }
  const file = join(environment['DATA_DIR'] ?? '.data', endpointFile);
  if (!existsSync(file)) {
    throw new Error('Which table? Set TABLE_NAME, or run npm start first to check the table of this machine.');
  }
  const client = new DynamoDBClient({
    endpoint: readFileSync(file, 'utf8'),
    region: anyCredentials.AWS_REGION,
    credentials: { accessKeyId: anyCredentials.AWS_ACCESS_KEY_ID, secretAccessKey: anyCredentials.AWS_SECRET_ACCESS_KEY },
  });
  return new DynamoDBStore(DynamoDBDocumentClient.from(client), localTable);
}

async function mend({ repair }: Finding, store: Store): Promise<string> {
  if (repair === undefined) {
    return 'a person has to decide';
  }
  return (await store.commit(repair)).committed ? 'mended' : 'changed meanwhile, left alone';
}
