/** What responses reveal. */
import type { Caller } from './callers.ts';
import { relationTo } from './callers.ts';
import type { HttpRequest } from './requests.ts';
import { accountNames, imageNames, nameOf, type World } from './world.ts';

export interface Result {
  readonly rounds: number;
  readonly violations: readonly string[];
}

/** Names and IDs in a tenant's response that it can't know: of images that it can't see, of other recipients, and secrets. */
export function leaksIn(
  { path, body }: Pick<HttpRequest, 'path' | 'body'>,
  text: string,
  caller: Pick<Caller, 'account' | 'project' | 'isLimited'>,
  world: World,
): string[] {
  const { policy } = world.fixture;
  const kind = caller.isLimited === true ? 'project' : policy.principalKind;
  // Former owners and recipients keep their records of images, with names.
  const hidden = path.startsWith('/v1/records') ? [] : imageNames.filter((image) => relationTo(image, caller, kind) === 'other');
  const others = accountNames.filter((account) => account !== caller.account && account !== 'owner');
  const known = path + JSON.stringify(body ?? {});
  return [
    ...hidden.map(nameOf),
    ...(caller.account === 'owner' ? [] : others.flatMap((account) => [world.accounts[account], world.principalOf(account)])),
    ...Object.values(world.keys).map(({ secret }) => secret),
  ].filter((secret) => text.includes(secret) && !known.includes(secret));
}

/** Replaces the IDs of the world. IDs of disks, snapshots, and tasks contain those of instances and images. */
export function withoutIds(
  texts: readonly string[],
  { fixture: { policy }, images, instances, jobs, keys, accounts }: World,
): string {
  const ids = [
    ...Object.values(images).map((id) => id.slice(policy.imageId.prefix.length)),
    ...Object.values(instances).map((id) => id.slice(policy.instanceId.prefix.length)),
    ...Object.values(jobs),
    ...Object.values(keys).map(({ keyId }) => keyId),
    `AK${'A'.repeat(24)}`,
    ...[accounts.owner, accounts.unknown],
  ];
  return ids.reduce((result, id) => result.replaceAll(id, 'ID'), texts.join('\n'));
}
