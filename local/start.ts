/** `npm start`: the whole service on this machine, with demo data, until Ctrl-C. */
import { computePlatform } from './compute.ts';
import { ensureConsole } from './console.ts';
import { ensureDemoData } from './demo.ts';
import { demoAccounts } from './demo-accounts.ts';
import { exitWithParent } from './parent.ts';
import { loopback } from './ports.ts';
import { dynamodb, folder, hasCompute, hasStandIns, port, protocols, regions } from './settings.ts';
import { type Stack, startStack } from './stack.ts';

const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => interruption.abort());
}

// A signal to npm ends the shell between npm and this process, and does not come here.
if (process.env['npm_lifecycle_event'] === 'start') {
  exitWithParent(process.ppid, () => interruption.abort());
}

try {
  await ensureConsole(signal);
  const platform = hasCompute ? computePlatform(`http://${loopback}:${port}`, `http://${loopback}:${port + 1}`) : () => {};
  const onEvent = (event: string) => {
    console.log(event);
    platform(event);
  };
  const stack = await startStack({ port, folder, dynamodb, regions, signal, onEvent, protocols, hasStandIns });
  try {
    const end = endOf(stack);
    const { region } = await Promise.race([ensureDemoData(stack.origin, stack.issuer), end]);
    console.log(page(stack, region));
    await end;
  } finally {
    await stack.stop();
  }
} catch (failure) {
  if (!signal.aborted) {
    console.error(failure instanceof Error ? failure.message : failure);
    process.exit(1);
  }
}
process.exit(0);

/** Rejects when a signal comes, or when a part of the service ends by itself. */
function endOf({ broken }: Stack): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    void broken.then((output) => reject(new Error(`A part of the service ended by itself:\n${output}`)));
  });
}

function page({ origin, issuer, dynamodb }: Stack, region: string): string {
  const [{ accountId }] = demoAccounts;
  const portPrefix = process.env['PORT'] === undefined ? '' : `PORT=${port} `;
  const accounts = demoAccounts.map(({ accountId, name, projects }) => `${accountId} ${name.padEnd(8)} ${projects.join(' ')}`);
  return `
  Image sharing is running. Press Ctrl-C to stop it. Data is kept in ${folder}/.

  Console        ${origin}/console/
  API base URL   ${origin}/v1
  Reference      ${origin}/v1/docs
  OpenAPI        ${origin}/v1/openapi.json
  Errors, rules  ${origin}/v1/docs/errors
  Issuer         ${issuer}/.well-known/openid-configuration
  DynamoDB       ${dynamodb}${
    hasStandIns
      ? `
  STAND-INS      STAND_INS=packer: networks, key pairs, addresses, zones, and whether instances run are made up,
                 so that Packer can build images. Nothing of it exists: see docs/configuration.md.`
      : ''
  }

  Accounts       ${accounts.join('\n                 ')}

  In another terminal, in this folder:

  curl -s ${origin}/v1/regions/${region}/images -H "authorization: Bearer $(${portPrefix}npm run -s token -- ${accountId})"
`;
}
