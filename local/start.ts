/** `npm start`: the whole service on this machine, with demo data, until Ctrl-C. */
import { demoAccounts, ensureDemoData } from './demo.ts';
import { dynamodb, folder, port } from './settings.ts';
import { startStack } from './stack.ts';

const [account] = demoAccounts;
const portPrefix = process.env['PORT'] === undefined ? '' : `PORT=${port} `;

try {
  const stack = await startStack({ port, folder, dynamodb });
  let isStopping = false;
  const stop = async () => {
    if (!isStopping) {
      isStopping = true;
      await stack.stop();
      process.exit(0);
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  void stack.broken.then((output) => {
    if (!isStopping) {
      console.error(`A part of the service ended by itself:\n${output}`);
      process.exit(1);
    }
  });
  await ensureDemoData(stack.origin, stack.issuer);
  console.log(`
  Image sharing runs. Ctrl-C stops it; its data stay in ${folder}/.

  API            ${stack.origin}/v1
  Reference      ${stack.origin}/v1/docs
  OpenAPI        ${stack.origin}/v1/openapi.json
  Errors, rules  ${stack.origin}/v1/docs/errors
  Issuer         ${stack.issuer}
  DynamoDB       ${stack.dynamodb}

  Accounts       ${demoAccounts.map(({ accountId, name, projects }) => `${accountId} ${name.padEnd(8)} ${projects.join(' ')}`).join('\n                 ')}

  In another terminal, here:

  curl -s ${stack.origin}/v1/regions/ap-guangzhou/images -H "authorization: Bearer $(${portPrefix}npm run -s token -- ${account.accountId})"
`);
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exit(1);
}
