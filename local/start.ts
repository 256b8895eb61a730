/** `npm start`: runs the whole service on this machine, with demo data, until Ctrl-C. */
import { computePlatform } from './compute.ts';
import { ensureConsole } from './console.ts';
import { ensureDemoData } from './demo.ts';
import { demoAccounts } from './demo-accounts.ts';
import { exitWithParent } from './parent.ts';
import { loopback } from './ports.ts';
import { dynamodb, folder, hasStandIns, port, protocols, regions, simulatesCompute } from './settings.ts';
import { type Stack, startStack } from './stack.ts';

const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => interruption.abort());
}

// A signal sent to npm ends the shell between npm and this process, but doesn't reach this process.
if (process.env['npm_lifecycle_event'] === 'start') {
  exitWithParent(process.ppid, () => interruption.abort());
}

/** Events that arrive before the start page is printed. */
const earlyEvents: string[] = [];
let printEvent = (event: string): unknown => earlyEvents.push(event);

try {
  await ensureConsole(signal);
  const reportToPlatform = simulatesCompute
    ? computePlatform(`http://${loopback}:${port}`, `http://${loopback}:${port + 1}`)
    : () => {};
  const onEvent = (event: string) => {
    printEvent(event);
    reportToPlatform(event);
  };
  const stack = await startStack({ port, folder, dynamodb, regions, signal, onEvent, protocols, hasStandIns });
  try {
    const end = endOf(stack);
    const { region, requestIds } = await Promise.race([ensureDemoData(stack.origin, stack.issuer), end]);
    console.log(startPage(stack, region));
    // The demo data's own events aren't printed, so that the page stays in view.
    printEvent = (event) => requestIds.has(JSON.parse(event).requestId) || console.log(event);
    for (const event of earlyEvents) {
      printEvent(event);
    }
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

/** Rejects when a signal arrives or a part of the service exits unexpectedly. */
function endOf({ unexpectedExit }: Stack): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    void unexpectedExit.then((output) => reject(new Error(`A part of the service exited unexpectedly:\n${output}`)));
  });
}

function startPage({ origin, issuer, dynamodb }: Stack, region: string): string {
  const [{ accountId }] = demoAccounts;
  const portPrefix = process.env['PORT'] === undefined ? '' : `PORT=${port} `;
  const accounts = demoAccounts.map(({ accountId, name, projects }) => `${accountId} ${name.padEnd(8)} ${projects.join(' ')}`);
  return `
  Image sharing is running. Press Ctrl-C to stop it. Data is stored in ${folder}/.

  Console        ${origin}/console/
  API base URL   ${origin}/v1
  API reference  ${origin}/v1/docs
  OpenAPI        ${origin}/v1/openapi.json
  Errors, rules  ${origin}/v1/docs/errors
  OIDC issuer    ${issuer}/.well-known/openid-configuration
  DynamoDB       ${dynamodb}${
    hasStandIns
      ? `
  STAND-INS      STAND_INS=packer: networks, key pairs, addresses, zones, and whether instances run are made up,
                 so that Packer can build images. None of it exists: see docs/configuration.md.`
      : ''
  }

  Demo accounts  ${accounts.join('\n                 ')}

  Try it in another terminal, in this folder:

  curl -s ${origin}/v1/regions/${region}/images -H "authorization: Bearer $(${portPrefix}npm run -s token -- ${accountId})"

  Each change of an image is printed below as an event.
`;
}
