/** Demo data for the console: a few accounts with enough activity that every page has something to show. */
import { createAccessKey } from '../../functions/create-access-key.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putProject } from '../../functions/put-project.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { apiOf, compute, operator } from './api.ts';
import { anImageOf, type Fields, inBatches, launch, share } from './client.ts';

const region = 'ap-guangzhou';
const day = 24 * 60 * 60 * 1_000;

/** The number of accounts: the one that uses the console, and those that it shares with. */
const accountsCount = 51;

/** The images of the account that uses the console, each with its number of recipients. */
const ownImages: readonly (Fields & { readonly name: string; readonly recipients: number })[] = [
  { name: 'web-frontend-2026.11', recipients: 12, sizeGiB: 20, os: 'Debian 12', tags: { team: 'web', release: '2026.11' } },
  { name: 'debian-12-ci-runner', recipients: 38, sizeGiB: 40, os: 'Debian 12', tags: { team: 'build' } },
  { name: 'ubuntu-24.04-cuda-12', recipients: 47, sizeGiB: 120, os: 'Ubuntu 24.04', tags: { team: 'ml', gpu: 'a10' } },
  { name: 'rocky-9-postgres-16', recipients: 3, sizeGiB: 60, os: 'Rocky Linux 9', tags: { team: 'data' } },
  { name: 'alpine-3.22-edge', recipients: 50, sizeGiB: 5, os: 'Alpine 3.22', architecture: 'arm64', tags: { team: 'edge' } },
  { name: 'windows-2025-bastion', recipients: 0, sizeGiB: 80, os: 'Windows Server 2025', state: 'pending' },
  { name: 'debian-11-ci-runner', recipients: 6, sizeGiB: 40, os: 'Debian 11', tags: { team: 'build' }, deprecated: true },
  { name: 'gateway-nginx-1.29', recipients: 0, sizeGiB: 10, os: 'Debian 12', tags: { team: 'web' } },
  { name: 'fedora-43-nightly', recipients: 0, sizeGiB: 30, os: 'Fedora 43', state: 'pending', fails: 'no boot sector' },
];

/** The images shared with the account that uses the console. `by` is the index of their owner among the other accounts. */
const sharedImages: readonly (Fields & { readonly name: string; readonly by: number })[] = [
  { name: 'analytics-node', by: 1, sizeGiB: 40, os: 'Ubuntu 24.04' },
  { name: 'spark-3.5-worker', by: 1, sizeGiB: 60, os: 'Ubuntu 24.04' },
  { name: 'hardened-base-9.6', by: 2, sizeGiB: 20, os: 'Rocky Linux 9' },
  { name: 'edge-gateway', by: 3, sizeGiB: 8, os: 'Alpine 3.22', architecture: 'arm64' },
  { name: 'legacy-billing', by: 4, sizeGiB: 80, os: 'CentOS 7', deprecated: true },
];

/** The accounts and images of the demo data, by the names above. */
export interface Scene {
  readonly region: string;
  readonly account: string;
  readonly others: readonly string[];
  readonly image: (name: string) => ImageView;
}

/** Creates the demo data. The first account is the one that uses the console; it has projects. */
export async function setScene(idOf: (index: number) => string, projectOf: (index: number) => string): Promise<Scene> {
  const ids = Array.from({ length: accountsCount }, (_, index) => idOf(index));
  const [account = '', ...others] = ids;
  const platform = operator();
  const me = apiOf({ account });
  await inBatches(ids, (accountId) => platform.ok(putAccount, { accountId, name: accountId === account ? 'Acme' : accountId }));
  for (const [projectId, name] of [
    [projectOf(1), 'Acme production'],
    [projectOf(2), 'Acme research'],
  ]) {
    await platform.ok(putProject, { accountId: account, projectId, name });
  }

  const images = new Map<string, ImageView>();
  for (const { recipients, deprecated, fails, ...facts } of [...ownImages].reverse()) {
    const image = await anImageOf(me, region, facts);
    const { imageId } = image;
    const principals = others.slice(0, recipients);
    const untilNextMonth = { expiresAt: new Date(Date.now() + 30 * day).toISOString() };
    if (recipients > 2) {
      await share(me, image, principals.slice(0, 2), untilNextMonth);
    }
    if (principals.length > 0) {
      await share(me, image, principals);
    }
    if (deprecated === true) {
      await me.ok(updateImage, { region, imageId, deprecated });
    }
    if (fails !== undefined) {
      await compute().ok(reportImageState, { region, imageId, state: 'failed', reason: fails });
    }
    images.set(facts.name, image);
  }
  for (const { by, deprecated, ...facts } of sharedImages) {
    const owner = apiOf({ account: others[by - 1] ?? '' });
    const image = await anImageOf(owner, region, facts);
    await share(owner, image, [account]);
    if (deprecated === true) {
      await owner.ok(updateImage, { region, imageId: image.imageId, deprecated });
    }
    images.set(facts.name, image);
  }
  const imageNamed = (name: string): ImageView => {
    const image = images.get(name);
    if (image === undefined) {
      throw new Error(`There is no image ${name} in the scene`);
    }
    return image;
  };

  await me.ok(putTrustedOwners, { owners: others.slice(0, 2) });
  for (const [index, name] of ['Data platform', 'Web team', 'Edge devices'].entries()) {
    await me.ok(putAddressBookEntry, { principalId: others[index], name });
  }
  for (const name of ['debian-12-ci-runner', 'debian-12-ci-runner', 'analytics-node', 'web-frontend-2026.11']) {
    await launch(me, imageNamed(name));
  }
  await inBatches([0, 1, 4], (index) => launch(apiOf({ account: others[index] ?? '' }), imageNamed('debian-12-ci-runner')));
  await me.ok(createAccessKey);
  const { keyId } = await me.ok(createAccessKey);
  await me.ok(updateAccessKey, { keyId, state: 'disabled' });
  return { region, account, others, image: imageNamed };
}
