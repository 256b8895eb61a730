/**
 * `npm run trust:dynamodb-local [-- NAME...]`: runs the checks on Amazon's DynamoDB Local instead of the embedded DynamoDB. Needs Java,
 * and DynamoDB Local in the folder DYNAMODB_LOCAL: neither is part of this project.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { freePort } from '../../local/ports.ts';
import { runChecks } from './run-checks.ts';

const folder = process.env['DYNAMODB_LOCAL'];
if (folder === undefined) {
  console.error('Set DYNAMODB_LOCAL to the folder with DynamoDBLocal.jar and DynamoDBLocal_lib.');
  process.exit(1);
}

const port = await freePort();
const endpoint = `http://127.0.0.1:${port}`;
let stop = async () => {};

/** Starts DynamoDB Local, or starts it again without its tables: it slows with each table that it ever had. */
async function restart(): Promise<void> {
  await stop();
  const java = spawn(
    'java',
    ['-Djava.library.path=DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(port)],
    // It writes a file to its working directory.
    { cwd: folder, env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exited = once(java, 'exit');
  stop = async () => {
    java.kill();
    await exited;
  };
  const client = clientOf(endpoint);
  const isReady = () => client.send(new ListTablesCommand({})).then(Boolean, () => false);
  while (!(await Promise.race([isReady(), exited.then(ended)]))) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  client.destroy();
}

function ended(): never {
  throw new Error('DynamoDB Local ended. Is Java installed?');
}

process.env['DYNAMODB_ENDPOINT'] = endpoint;
if (process.argv.length === 2) {
  process.argv.push('on DynamoDB');
}
try {
  await runChecks(restart);
} finally {
  await stop();
}
