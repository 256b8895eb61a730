/** The commands that dialogs show, without a browser. */
import { execFileSync } from 'node:child_process';
import type { Once } from '../../console/src/api/idempotency.ts';
import { alibabaCommandLine } from '../../console/src/api-call/command-lines/alibaba.ts';
import { commandsOf } from '../../console/src/api-call/command-lines/commands.ts';
import { tencentCommandLine } from '../../console/src/api-call/command-lines/tencent.ts';
import { ucloudCommandLine } from '../../console/src/api-call/command-lines/ucloud.ts';
import { curlOf } from '../../console/src/api-call/curl.ts';
import { capture, isPreviewing, previewOf } from '../../console/src/api-call/preview.ts';

const url = 'https://images.example/v1/regions/r/images?project=a%26b';
const body = JSON.stringify({ name: `it's "$(id)" \`id\` \\` });
const post = (headers: Record<string, string>, text = body) =>
  new Request(url, { method: 'POST', body: text, headers: { authorization: 'Bearer secret', ...headers } });

describe('a preview', () => {
  it('keeps the calls instead of sending them, in order', async () => {
    let used = '';
    let isSent = false;
    const run = async (once: Once) => {
      await Promise.all(
        ['first', 'second'].map((text) =>
          once(text, '', async (header) => {
            used = header['Idempotency-Key'];
            isSent ||= !capture(post({ ...header }, text));
          }),
        ),
      );
      const { answer } = (await once('third', '', async (header) => void capture(post({ ...header }, 'third')))) as never;
      await once('fourth', answer, async () => undefined);
    };

    const calls = await previewOf(() => isPreviewing(run));

    expect(calls.map((call) => call.body)).toEqual(['first', 'second', 'third']);
    expect(JSON.stringify(calls)).not.toMatch(/secret|idempotency/i);
    expect(isSent).toBe(false);
    expect(capture(post({ 'idempotency-key': used }))).toBe(false);
  });

  it('has no calls if nothing would be sent, and ends even if the dialog fails', async () => {
    expect(await previewOf(() => undefined)).toEqual([]);
    await expect(
      previewOf(() => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');
    expect(isPreviewing(async () => undefined)).toBe(false);
  });
});

describe('a curl command', () => {
  it('reaches a shell unchanged, without the token', async () => {
    const call = { method: 'POST', url, headers: [['if-match', '"3"']] as const, body };
    const script = `curl() { printf '%s\\0' "$@"; }; uuidgen() { echo key; }; TOKEN=t; ${curlOf(call)}`;
    const args = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
    expect(args).toEqual(expect.arrayContaining([url, 'Authorization: Bearer t', 'Idempotency-Key: key', 'if-match: "3"', body]));
  });
});

describe('the commands of a cloud', () => {
  const service = new URL('http://127.0.0.1:3000');
  const image = 'http://127.0.0.1:3000/v1/regions/r1/images/i1';
  const callOf = (method: string, path: string, content?: object, headers: readonly (readonly [string, string])[] = []) => ({
    method,
    url: `${image}${path}`,
    headers,
    body: content === undefined ? '' : JSON.stringify(content),
  });
  const share = callOf('POST', '/shares', { recipients: ['a', 'b'], acknowledgeRisk: false });

  it.each([
    [
      tencentCommandLine,
      `tccli cvm ModifyImageSharePermission --ImageId i1 --AccountIds '["a","b"]' --Permission SHARE --endpoint 127.0.0.1:3000 --region r1`,
    ],
    [
      alibabaCommandLine,
      'aliyun ecs ModifyImageSharePermission --ImageId i1 --AddAccount.1 a --AddAccount.2 b --endpoint 127.0.0.1:3000 --RegionId r1 --insecure',
    ],
    [
      ucloudCommandLine,
      'ucloud api --Action ModifyImageShareProject --ImageId i1 --AddProjects.0 a --AddProjects.1 b --base-url http://127.0.0.1:3000/ --Region r1 --ProjectId p1',
    ],
  ])('are those of its command line: $program', (cli, command) => {
    const { commands } = commandsOf([{ ...share, url: `${share.url}?project=p1` }], cli, service);
    expect(commands.map((text) => text.replaceAll(' \\\n ', ''))).toEqual([command]);
  });

  it('are missing for what the cloud cannot do', () => {
    const leave = callOf('DELETE', '/shares/a');
    const expiring = callOf('POST', '/shares', { recipients: ['a'], acknowledgeRisk: true, expiresAt: '2026-11-22T12:00:00Z' });
    const all = callOf('DELETE', '/shares?all=true');
    const near = callOf('POST', '/copies', { destinationRegion: 'r1', name: 'x'.repeat(61) });
    const edited = callOf('PATCH', '', { tags: {}, description: '' });
    const made = (calls: Parameters<typeof commandsOf>[0], cli = tencentCommandLine) => {
      const { commands, hasNoCall, missing } = commandsOf(calls, cli, service);
      return { commands: commands.length, hasNoCall, missing };
    };
    expect(made([leave])).toEqual({ commands: 0, hasNoCall: true, missing: [] });
    expect(made([share, expiring, all])).toEqual({ commands: 1, hasNoCall: false, missing: ['expiresAt', 'all'] });
    expect(made([near])).toEqual({ commands: 0, hasNoCall: false, missing: ['destinationRegion', 'name'] });
    expect(made([edited])).toEqual({ commands: 0, hasNoCall: false, missing: ['tags'] });
    expect(made([edited], alibabaCommandLine).missing).toEqual(['tags', 'description']);
    expect(made([edited], ucloudCommandLine).hasNoCall).toBe(true);
  });

  it('are several if one call is not enough, and never check the revision', () => {
    const ids = Array.from({ length: 21 }, (_, index) => `a${index}`);
    const change = callOf('PATCH', '/shares', { add: ids, remove: ['b'], acknowledgeRisk: true });
    const counts = [tencentCommandLine, alibabaCommandLine, ucloudCommandLine].map(
      (cli) => commandsOf([change], cli, service).commands.length,
    );
    expect(counts).toEqual([2, 3, 3]);
    expect(commandsOf([change], tencentCommandLine, service)).toMatchObject({ isStepwise: true, hasRevision: false });
    const deletion = callOf('DELETE', '', undefined, [['if-match', '"3"']]);
    expect(commandsOf([deletion], tencentCommandLine, service)).toMatchObject({ isStepwise: false, hasRevision: true });
  });
});
