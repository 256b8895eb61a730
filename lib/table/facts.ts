import type { PrincipalId } from '../model/ids.ts';
import type { Item } from './item.ts';
import { accessKeyFrom, accessKeyKey } from './items/access-key.ts';
import { accountFrom, accountKey } from './items/account.ts';
import { idempotencyRecordFrom, idempotencyRecordKey } from './items/idempotency.ts';
import { imageFrom, imageKey } from './items/image.ts';
import { instanceFrom, instanceKey } from './items/instance.ts';
import { projectFrom, projectKey } from './items/project.ts';
import { countFrom, countKey } from './items/quota.ts';
import { shareFrom, shareKey } from './items/share.ts';
import type { Key } from './schema.ts';
import { countName, type Facts, type Wanted } from './store.ts';

/**
 * The keys to read for what is wanted, at most `max` in the first batch where that can be. Details of shares that the
 * image turns out to hold and that did not come with it are read after it: there was no room for them, or the batch, which
 * is no snapshot, met their change half-way.
 */
export function keysFor(wanted: Wanted, max: number): [first: Key[], rest: (facts: Facts) => Key[]] {
  const { images = [], accounts = [], projects = [], counts = [], instances = [], accessKeys = [], idempotencyKey } = wanted;
  const shares = [...new Set(wanted.shares)];
  const [image] = images;
  const named = unique([
    ...images.map(imageKey),
    ...accounts.map(accountKey),
    ...projects.map(projectKey),
    ...counts.map(countKey),
    ...instances.map(instanceKey),
    ...accessKeys.map(accessKeyKey),
    ...(idempotencyKey === undefined ? [] : [idempotencyRecordKey(idempotencyKey)]),
  ]);
  const room = Math.max(0, max - named.length);
  const keyOfShare = (recipient: PrincipalId): Key[] => (image === undefined ? [] : [shareKey(image, recipient)]);
  return [
    [...named, ...shares.slice(0, room).flatMap(keyOfShare)],
    ({ image: found, shares: details }) =>
      shares
        .filter((recipient) => found !== undefined && Object.hasOwn(found.recipients, recipient) && !details.has(recipient))
        .flatMap(keyOfShare),
  ];
}

const nameOf = ({ PK, SK }: Key): string => `${PK} ${SK}`;

const unique = (all: readonly Key[]): Key[] => [...new Map(all.map((key) => [nameOf(key), key])).values()];

/** Puts the items that were found where a decision looks for them. */
export function factsFrom(wanted: Wanted, found: readonly Item[]): Facts {
  const byKey = new Map(found.map((item) => [nameOf(item as unknown as Key), item]));
  const at = <Thing>(key: Key, from: (item: Item) => Thing): Thing | undefined => {
    const item = byKey.get(nameOf(key));
    return item === undefined ? undefined : from(item);
  };
  const mapped = <Name, Thing>(
    names: readonly Name[],
    keyOf: (name: Name) => Key,
    from: (item: Item) => Thing,
  ): [Name, Thing][] =>
    names.flatMap((name) => {
      const thing = at(keyOf(name), from);
      return thing === undefined ? [] : [[name, thing] as [Name, Thing]];
    });
  const {
    images = [],
    accounts = [],
    projects = [],
    counts = [],
    instances = [],
    accessKeys = [],
    shares = [],
    idempotencyKey,
  } = wanted;
  const [key] = images;
  const [instance] = instances;
  return {
    images: mapped(images, imageKey, imageFrom).map(([, one]) => one),
    image: key && at(imageKey(key), imageFrom),
    accounts: new Map(mapped(accounts, accountKey, accountFrom)),
    projects: new Map(mapped(projects, projectKey, projectFrom)),
    counts: new Map(mapped(counts, countKey, countFrom).map(([one, count]) => [countName(one), count])),
    instances: mapped(instances, instanceKey, instanceFrom).map(([, one]) => one),
    instance: instance && at(instanceKey(instance), instanceFrom),
    accessKeys: new Map(mapped(accessKeys, accessKeyKey, accessKeyFrom)),
    shares: new Map(key === undefined ? [] : mapped(shares, (recipient) => shareKey(key, recipient), shareFrom)),
    idempotencyRecord: idempotencyKey === undefined ? undefined : at(idempotencyRecordKey(idempotencyKey), idempotencyRecordFrom),
  };
}
