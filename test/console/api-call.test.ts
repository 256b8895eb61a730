import { execFileSync } from 'node:child_process';
import { curlOf } from '../../console/src/api-call/curl.ts';
import { capture, isPreviewing, previewOf } from '../../console/src/api-call/preview.ts';

const url = 'https://images.example/v1/regions/r/images?project=a%26b';
const body = JSON.stringify({ name: `it's "$(id)" \`id\` \\` });
const post = (headers: Record<string, string>) =>
  new Request(url, { method: 'POST', body, headers: { authorization: 'Bearer secret', ...headers } });

describe('the API call of a dialog', () => {
  it('is captured instead of sent, and only while previewing', async () => {
    let used: Record<string, string> = {};
    const request = await previewOf(() => {
      isPreviewing(async (header) => {
        used = { ...header };
        expect(capture(post(used))).toBe(true);
      });
    });
    expect(await request?.text()).toBe(body);
    expect(capture(post(used))).toBe(false);
    expect(isPreviewing(async () => undefined)).toBe(false);
    expect(await previewOf(() => undefined)).toBeUndefined();
  });

  it('reaches a shell unchanged, without the token', async () => {
    const command = await curlOf(post({ 'if-match': '"3"' }));
    expect(command).not.toContain('secret');
    const script = `curl() { printf '%s\\0' "$@"; }; uuidgen() { echo key; }; TOKEN=t; ${command}`;
    const args = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
    expect(args).toEqual(expect.arrayContaining([url, 'Authorization: Bearer t', 'Idempotency-Key: key', 'if-match: "3"', body]));
  });
});
