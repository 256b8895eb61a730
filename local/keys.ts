/** `npm run -s keys -- ACCOUNT`: creates an access key in the running service and prints it as one line of JSON. */

import { accessToken, scopes } from './access-token.ts';
import { runCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { loopback } from './ports.ts';
import { port } from './settings.ts';

const usage = `Usage: npm run -s keys -- ACCOUNT
Creates an access key for the account and prints it as one line of JSON: {"accessKeyId", "secret", "account"}.
The secret can't be shown again. If npm start uses a different PORT, set the same one.`;

await runCommand(async () => {
  const { values, positionals } = parseOptions(
    { allowPositionals: true, options: { help: { type: 'boolean' } } },
    'npm run -s keys',
  );
  const [account] = positionals;
  if (values.help) {
    return usage;
  }
  if (account === undefined || positionals.length > 1) {
    throw new Error(usage);
  }
  return JSON.stringify(await createKey(account));
});

async function createKey(account: string): Promise<{ accessKeyId: string; secret: string; account: string }> {
  const token = await accessToken(`http://${loopback}:${port + 1}`, { account: 'operator', scope: scopes.operator });
  const response = await fetch(`http://${loopback}:${port}/v1/accounts/${encodeURIComponent(account)}/access-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const { keyId, secret, detail } = (await response.json()) as Record<'keyId' | 'secret' | 'detail', string>;
  if (!response.ok) {
    throw new Error(`Couldn't create the access key: ${detail}`);
  }
  return { accessKeyId: keyId, secret, account };
}
