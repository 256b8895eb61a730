/** `npm run -s token -- ACCOUNT [--project P] [--scope S]`: prints an access token from the local issuer. */

import { accessToken, scopes } from './access-token.ts';
import { runCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { loopback } from './ports.ts';
import { port } from './settings.ts';

const usage = `Usage: npm run -s token -- ACCOUNT [--project PROJECT] [--scope SCOPE]
       npm run -s token -- --scope image-share:operator
Prints an access token that is valid for one hour. If npm start uses a different PORT, set the same one.
SCOPE is image-share (default), image-share:compute, or image-share:operator.`;

await runCommand(async () => {
  const { values, positionals } = parseOptions(
    {
      allowPositionals: true,
      options: { project: { type: 'string' }, scope: { type: 'string' }, help: { type: 'boolean' } },
    },
    'npm run -s token',
  );
  return values.help ? usage : tokenFor(positionals, values);
});

function tokenFor(positionals: readonly string[], { project, scope = scopes.tenant }: { project?: string; scope?: string }) {
  if (!Object.values<string>(scopes).includes(scope)) {
    throw new Error(`Unknown scope "${scope}". Valid scopes: ${Object.values(scopes).join(', ')}.`);
  }
  const [account = scope === scopes.tenant ? undefined : scope.slice(`${scopes.tenant}:`.length)] = positionals;
  if (account === undefined || positionals.length > 1) {
    throw new Error(usage);
  }
  return accessToken(`http://${loopback}:${port + 1}`, { account, project, scope });
}
