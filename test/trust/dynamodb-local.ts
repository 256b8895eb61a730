/**
 * `npm run trust:dynamodb-local [-- NAME...]`: runs the checks on Amazon's DynamoDB Local instead of the embedded DynamoDB. Needs Java,
 * and DynamoDB Local in the folder DYNAMODB_LOCAL: neither is part of this project.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { freePort } from '../../local/ports.ts';

const folder = process.env['DYNAMODB_LOCAL'];
if (folder === undefined) {
  console.error('Set DYNAMODB_LOCAL to the folder with DynamoDBLocal.jar and DynamoDBLocal_lib.');
  process.exit(1);
}

const port = await freePort();
// It writes a file to its working directory.
const java = spawn(
  'java',
  ['-Djava.library.path=DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(port)],
  { cwd: folder, env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' }, stdio: ['ignore', 'ignore', 'inherit'] },
);
const exited = once(java, 'exit').then(() => {
  throw new Error('DynamoDB Local ended. Is Java installed?');
});
exited.catch(() => {});

/** DynamoDB Local is ready when it answers. */
async function waitUntilReady(endpoint: string): Promise<void> {
  const client = clientOf(endpoint);
  const isReady = () => client.send(new ListTablesCommand({})).then(Boolean, () => false);
  while (!(await Promise.race([isReady(), exited]))) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  client.destroy();
}

const endpoint = `http://127.0.0.1:${port}`;
try {
  await waitUntilReady(endpoint);
  process.env['DYNAMODB_ENDPOINT'] = endpoint;
  if (process.argv.length === 2) {
    process.argv.push('on DynamoDB');
  }
  await import('./run.ts');
} finally {
  java.kill();
}
