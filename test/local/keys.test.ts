import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { freePortPair } from '../../local/ports.ts';
import { freshMember } from '../support/api.ts';
import { freshId } from '../support/client.ts';
import { origin } from '../support/service.ts';

interface ExecResult {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command. Returns its exit code and output. */
async function keys(args: readonly string[], port = new URL(origin()).port) {
  const options = { cwd: new URL('../..', import.meta.url), env: { ...process.env, PORT: port } };
  const result: Promise<ExecResult> = promisify(execFile)(process.execPath, ['local/keys.ts', ...args], options);
  const { code = 0, stdout, stderr } = await result.catch((failure: ExecResult) => failure);
  return { code, stdout, stderr };
}

describe('npm run keys', () => {
  it('prints a new key of the account as one line of JSON, and nothing else', async () => {
    const member = await freshMember();

    const { code, stdout, stderr } = await keys([member.account]);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{"accessKeyId":"AK[A-Z0-9]{24}","secret":"[A-Za-z0-9]{40}","account":"\w+"\}\n$/);
    const { accessKeyId, account } = JSON.parse(stdout);
    expect(account).toBe(member.account);
    expect((await member.ok(listAccessKeys)).accessKeys).toMatchObject([{ keyId: accessKeyId, state: 'active' }]);
  });

  it('reports an unknown account', async () => {
    const account = freshId();

    expect(await keys([account])).toEqual({
      code: 1,
      stdout: '',
      stderr: `Couldn't create the access key: Account ${account} doesn't exist.\n`,
    });
  });

  it.each(['a b', '..', '?', 'a/b'])('refuses %j, which is not an account id', async (account) => {
    expect(await keys([account])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Couldn't create the access key: .+\n$/),
    });
  });

  it('prints its usage without an account or with several', async () => {
    for (const args of [[], ['a', 'b']]) {
      expect(await keys(args)).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^Usage: npm run -s keys -- ACCOUNT/),
      });
    }
  });

  it('prints its usage for --help', async () => {
    expect(await keys(['--help'])).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: npm run -s keys/), stderr: '' });
  });

  it('refuses an unknown option in one line', async () => {
    const line = "Unknown option '--all'. For usage, run npm run -s keys -- --help.\n";

    expect(await keys(['--all'])).toEqual({ code: 1, stdout: '', stderr: line });
  });

  it('explains that the service is not running', async () => {
    const port = await freePortPair();

    expect(await keys(['a'], String(port))).toEqual({
      code: 1,
      stdout: '',
      stderr: `Nothing is listening on port ${port + 1}. Run npm start first. If it uses a different PORT, set the same one here.\n`,
    });
  });
});
