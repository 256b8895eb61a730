/** `npm run -s keys -- ACCOUNT`: prints a new access key of the running service as one line of JSON. */
import { command } from './command.ts';
import { accessToken, scopes } from './issuer.ts';
import { optionsOf } from './options.ts';
import { loopback } from './ports.ts';
import { port } from './settings.ts';

const usage = `Usage: npm run -s keys -- ACCOUNT
Makes an access key for the account and prints it as one line of JSON: {"accessKeyId", "secret", "account"}.
The secret is shown this once. The npm start on the same PORT makes it.`;

await command(async () => {
  const { values, positionals } = optionsOf(
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
  return JSON.stringify(await newKey(account));
});

async function newKey(account: string): Promise<{ accessKeyId: string; secret: string; account: string }> {
  const token = await accessToken(`http://${loopback}:${port + 1}`, { account: 'operator', scope: scopes.operator });
  const answer = await fetch(`http://${loopback}:${port}/v1/accounts/${encodeURIComponent(account)}/access-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const { keyId, secret, detail } = (await answer.json()) as Record<'keyId' | 'secret' | 'detail', string>;
  if (!answer.ok) {
    throw new Error(`Couldn't create the access key: ${detail}`);
  }
  return { accessKeyId: keyId, secret, account };
}
