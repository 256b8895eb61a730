/** Packer's builders, from template to image. Debian's Packer has none for UCloud. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, type Client, environmentOf } from './client.ts';
import { recipients } from './own-service.ts';
import { run } from './programs.ts';

/** An account that the service does not know. */
const nobody = '999999999999';

const [hangzhou, shanghai] = ['cn-hangzhou', 'cn-shanghai'] as const;
const [guangzhou, apShanghai] = ['ap-guangzhou', 'ap-shanghai'] as const;

type Template = Readonly<Record<string, unknown>>;

const alicloud = (source: string | undefined, more: Template): Template => ({
  type: 'alicloud-ecs',
  region: hangzhou,
  source_image: source,
  instance_type: 'ecs.n1.tiny',
  communicator: 'none',
  ...more,
});

const tencentcloud = (source: string | undefined, more: Template): Template => ({
  type: 'tencentcloud-cvm',
  region: guangzhou,
  zone: `${guangzhou}-1`,
  source_image_id: source,
  instance_type: 'S5.SMALL1',
  disk_type: 'CLOUD_PREMIUM',
  associate_public_ip_address: true,
  communicator: 'none',
  ...more,
});

interface Options {
  /** Gives the artifact to a post-processor that does not keep it, so that Packer destroys it. */
  readonly isDestroyed?: boolean;
  readonly fails?: boolean;
}

/** Runs `packer build`. Gives what it printed. Throws where it does not end as it should. */
async function build(bench: Bench, builder: Template, { isDestroyed = false, fails = false }: Options = {}): Promise<string> {
  const file = join(bench.folder, 'template.json');
  const discard = { type: 'artifice', files: [file], keep_input_artifact: false };
  writeFileSync(file, JSON.stringify({ builders: [builder], 'post-processors': isDestroyed ? [[discard]] : [] }));
  const { keyId, secret } = bench.key;
  const { code, output } = await run(
    'packer',
    ['build', '-color=false', file],
    {
      ...environmentOf(bench),
      CHECKPOINT_DISABLE: '1',
      ALICLOUD_ACCESS_KEY: keyId,
      ALICLOUD_SECRET_KEY: secret,
      TENCENTCLOUD_SECRET_ID: keyId,
      TENCENTCLOUD_SECRET_KEY: secret,
    },
    bench.folder,
  );
  if ((code === 0) === fails) {
    throw new Error(`packer build ended with code ${code}:\n${output}`);
  }
  // What Packer cannot clean up, it says and goes on.
  const leftBehind =
    /^.*(may still be around|please delete .* manually|Error cleaning up|Error deleting|Error cancelling|Restoring image share permission failed).*$/im;
  const [left] = leftBehind.exec(output) ?? [];
  if (left !== undefined) {
    throw new Error(`packer build left something behind: ${left}`);
  }
  return output;
}

/** Exactly one image of this name is there, and ready; gives its ID. */
async function onlyImage({ service }: Bench, region: string, name: string): Promise<string> {
  const [image, ...others] = await service.images(region, name);
  assert.deepEqual([image?.state, others.length], ['available', 0], `images named ${name} in ${region}`);
  return image?.imageId ?? '';
}

/** Waits for what the compute platform has still to do: it takes a second. */
async function soon(check: () => Promise<void>): Promise<void> {
  for (let tries = 1; tries < 20; tries += 1) {
    try {
      return await check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  return check();
}

async function nothingLeft({ service }: Bench, places: readonly (readonly [region: string, name: string])[]): Promise<void> {
  for (const [region, name] of places) {
    assert.deepEqual(await service.images(region, name), [], `images named ${name} in ${region}`);
    assert.equal(await service.instances(region), 0, `instances in ${region}`);
  }
}

async function sharedWithBoth(bench: Bench, region: string, name: string): Promise<void> {
  const imageId = await onlyImage(bench, region, name);
  assert.deepEqual(await bench.service.recipients(region, imageId), recipients, `recipients of ${name} in ${region}`);
}

export const packerClients: readonly Client[] = [
  {
    name: 'packer-alicloud-ecs',
    tool: 'packer',
    what: 'build, copy to a second region, share both with two accounts',
    sources: [hangzhou],
    async run(bench, [source]) {
      await build(
        bench,
        alicloud(source, {
          image_name: 'packer-ali',
          image_copy_regions: [shanghai],
          image_copy_names: ['packer-ali'],
          image_share_account: recipients,
        }),
      );
      await sharedWithBoth(bench, hangzhou, 'packer-ali');
      await soon(() => sharedWithBoth(bench, shanghai, 'packer-ali'));
      assert.equal(await bench.service.instances(hangzhou), 0);
    },
  },
  {
    name: 'packer-alicloud-ecs-destroy',
    tool: 'packer',
    what: 'the same, then destroy the artifact',
    sources: [hangzhou],
    notRecorded: 'it cancels a copy, or deletes it if it is finished by then',
    async run(bench, [source]) {
      const names = { image_name: 'packer-ali-gone', image_copy_names: ['packer-ali-gone'] };
      const shares = { image_copy_regions: [shanghai], image_share_account: recipients };
      await build(bench, alicloud(source, { ...names, ...shares }), { isDestroyed: true });
      await nothingLeft(bench, [
        [hangzhou, 'packer-ali-gone'],
        [shanghai, 'packer-ali-gone'],
      ]);
    },
  },
  {
    name: 'packer-alicloud-ecs-clean-up',
    tool: 'packer',
    what: 'fail to share with an unknown account, clean up',
    sources: [hangzhou],
    async run(bench, [source]) {
      const names = { image_name: 'packer-ali-failed', image_copy_names: ['packer-ali-failed'] };
      const shares = { image_copy_regions: [shanghai], image_share_account: [nobody] };
      const output = await build(bench, alicloud(source, { ...names, ...shares }), { fails: true });
      assert.match(output, /InvalidAccount\.NotFound/);
      await nothingLeft(bench, [
        [hangzhou, 'packer-ali-failed'],
        [shanghai, 'packer-ali-failed'],
      ]);
    },
  },
  {
    name: 'packer-alicloud-ecs-force-delete',
    tool: 'packer',
    what: 'build with tags, then replace the image by a second build, and no other image',
    sources: [hangzhou],
    notRecorded: 'it needs another image, which is created between the requests',
    async run(bench, [source]) {
      const golden = await bench.service.newImage(hangzhou, 'prod-packer-ali-tagged-golden');
      const template = { image_name: 'packer-ali-tagged', image_force_delete: true, image_force_delete_snapshots: true };
      const first = alicloud(source, { ...template, tags: { release: '1' } });
      await build(bench, first);
      const replaced = await onlyImage(bench, hangzhou, 'packer-ali-tagged');
      await build(bench, alicloud(source, { ...template, tags: { release: '2' } }));
      assert.notEqual(await onlyImage(bench, hangzhou, 'packer-ali-tagged'), replaced);
      const [image] = await bench.service.images(hangzhou, 'packer-ali-tagged');
      assert.deepEqual(image?.tags, { release: '2' });
      assert.equal(await onlyImage(bench, hangzhou, 'prod-packer-ali-tagged-golden'), golden);
    },
  },
  {
    name: 'packer-tencentcloud-cvm',
    tool: 'packer',
    what: 'build, share with two accounts, copy to a second region (the builder does not share copies)',
    sources: [guangzhou],
    async run(bench, [source]) {
      await build(
        bench,
        tencentcloud(source, {
          image_name: 'packer-tencent',
          image_share_accounts: recipients,
          image_copy_regions: [apShanghai],
        }),
      );
      await sharedWithBoth(bench, guangzhou, 'packer-tencent');
      await onlyImage(bench, apShanghai, 'packer-tencent');
      assert.equal(await bench.service.instances(guangzhou), 0);
    },
  },
  {
    name: 'packer-tencentcloud-cvm-destroy',
    tool: 'packer',
    what: 'build, share with two accounts, then destroy the artifact',
    sources: [guangzhou],
    async run(bench, [source]) {
      const template = { image_name: 'packer-tencent-gone', image_share_accounts: recipients };
      await build(bench, tencentcloud(source, template), { isDestroyed: true });
      await nothingLeft(bench, [[guangzhou, 'packer-tencent-gone']]);
    },
  },
  {
    name: 'packer-tencentcloud-cvm-clean-up',
    tool: 'packer',
    what: 'fail to share with an unknown account, clean up',
    sources: [guangzhou],
    async run(bench, [source]) {
      const template = { image_name: 'packer-tencent-failed', image_share_accounts: [nobody] };
      const output = await build(bench, tencentcloud(source, template), { fails: true });
      assert.match(output, /InvalidAccountId\.NotFound/);
      await nothingLeft(bench, [[guangzhou, 'packer-tencent-failed']]);
    },
  },
];
