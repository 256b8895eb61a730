import assert from 'node:assert/strict';
import { type Client, environmentOf } from './client.ts';
import { recipients } from './own-service.ts';
import { run } from './programs.ts';
import { python } from './tools.ts';

const [region, secondRegion] = ['cn-hangzhou', 'cn-shanghai'] as const;
const script = new URL('aliyun-images.py', import.meta.url).pathname;

export const libcloudClient: Client = {
  name: 'libcloud-aliyun',
  tool: 'libcloud',
  what: 'list, copy to a second region, share with two accounts, delete',
  sources: [region],
  async run(bench, [source = '']) {
    const { keyId, secret } = bench.key;
    const args = [script, keyId, secret, region, secondRegion, source, ...recipients];
    const { code, output } = await run(python, args, environmentOf(bench), bench.folder);
    if (code !== 0) {
      throw new Error(`aliyun-images.py ended with code ${code}:\n${output}`);
    }
    assert.deepEqual(await bench.service.images(secondRegion, 'libcloud-copy'), []);
  },
};
