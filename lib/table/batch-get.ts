import type { HolderId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Item } from './items.ts';
import * as items from './items.ts';
import * as keys from './schema.ts';
import { countName, type Facts, type Wanted } from './store.ts';

export type WantedKeys = { PK: string; SK: string };

/**
 * The keys to read for what is wanted, at most `max` in the first batch where that can be. Details of shares that the
 * image turns out to hold and that did not come with it are read after it: there was no room for them, or the batch, which
 * is no snapshot, met their change half-way.
 */
export function keysOf(wanted: Wanted, max: number): [first: WantedKeys[], rest: (facts: Facts) => WantedKeys[]] {
  const { images = [], accounts = [], projects = [], counts = [], instances = [], accessKeys = [], kept } = wanted;
  const shares = [...new Set(wanted.shares)];
  const [image] = images;
  const named = unique([
    ...images.map(keys.imageKey),
    ...accounts.map(keys.accountKey),
    ...projects.map(keys.projectKey),
    ...counts.map(keys.countKey),
    ...instances.map(keys.instanceKey),
    ...accessKeys.map(keys.accessKeyKey),
    ...(kept === undefined ? [] : [keys.keptKey(kept)]),
  ]);
  const room = Math.max(0, max - named.length);
  const shareKey = (recipient: HolderId): WantedKeys[] => (image === undefined ? [] : [keys.shareKey(image, recipient)]);
  return [
    [...named, ...shares.slice(0, room).flatMap(shareKey)],
    ({ image: found, shares: details }) =>
      shares
        .filter((recipient) => found !== undefined && Object.hasOwn(found.recipients, recipient) && !details.has(recipient))
        .flatMap(shareKey),
  ];
}

const unique = (all: readonly WantedKeys[]): WantedKeys[] => [
  ...new Map(all.map((key) => [`${key.PK} ${key.SK}`, key])).values(),
];

/** Puts the items that were found where a decision looks for them. */
export function factsFrom(wanted: Wanted, found: readonly Item[]): Facts {
  const byKey = new Map(found.map((item) => [`${item['PK']} ${item['SK']}`, item]));
  const at = <Thing>({ PK, SK }: keys.Key, from: (item: Item) => Thing): Thing | undefined => {
    const item = byKey.get(`${PK} ${SK}`);
    return item === undefined ? undefined : from(item);
  };
  const mapped = <Name, Thing>(
    names: readonly Name[],
    keyOf: (name: Name) => keys.Key,
    from: (item: Item) => Thing,
  ): [Name, Thing][] =>
    names.flatMap((name) => {
      const thing = at(keyOf(name), from);
      return thing === undefined ? [] : [[name, thing] as [Name, Thing]];
    });
  const { images = [], accounts = [], projects = [], counts = [], instances = [], accessKeys = [], shares = [], kept } = wanted;
  const [key] = images;
  const image: Image | undefined = key && at(keys.imageKey(key), items.imageFrom);
  return {
    images: mapped(images, keys.imageKey, items.imageFrom).map(([, one]) => one),
    image,
    accounts: new Map(mapped(accounts, keys.accountKey, items.accountFrom)),
    projects: new Map(mapped(projects, keys.projectKey, items.projectFrom)),
    counts: new Map(mapped(counts, keys.countKey, items.countFrom).map(([key, count]) => [countName(key), count])),
    instances: mapped(instances, keys.instanceKey, items.instanceFrom).map(([, one]) => one),
    instance: instances[0] && at(keys.instanceKey(instances[0]), items.instanceFrom),
    accessKeys: new Map(mapped(accessKeys, keys.accessKeyKey, items.accessKeyFrom)),
    shares: new Map(key === undefined ? [] : mapped(shares, (recipient) => keys.shareKey(key, recipient), items.shareFrom)),
    kept: kept === undefined ? undefined : at(keys.keptKey(kept), items.keptFrom),
  };
}
