import type { PrincipalId } from '../model/ids.ts';
import type { Item } from './item.ts';
import { accessKeyFrom, accessKeyKey } from './items/access-key.ts';
import { accountFrom, accountKey } from './items/account.ts';
import { addressBookEntryFrom, addressBookKey } from './items/address-book.ts';
import { copyJobFrom, copyJobKey } from './items/copy-job.ts';
import { countFrom, countKey } from './items/count.ts';
import { idempotencyRecordFrom, idempotencyRecordKey } from './items/idempotency.ts';
import { imageFrom, imageKey } from './items/image.ts';
import { instanceFrom, instanceKey } from './items/instance.ts';
import { projectFrom, projectKey } from './items/project.ts';
import { shareFrom, shareKey } from './items/share.ts';
import type { Key } from './schema.ts';
import { countName, type Facts, type Wanted } from './store.ts';

/**
 * Returns the keys of a first batch, at most `max` if possible, and a function that returns those of a second one: the share items
 * that the image should have, but that the first batch did not return. Either they did not fit, or the image changed during the
 * batch read, which is not a snapshot.
 */
export function keysFor(wanted: Wanted, max: number): [first: Key[], missing: (facts: Facts) => Key[]] {
  const {
    images = [],
    accounts = [],
    projects = [],
    counts = [],
    instances = [],
    accessKeys = [],
    copyJobs = [],
    addressBookEntry,
    idempotencyKey,
  } = wanted;
  const shares = [...new Set(wanted.shares)];
  const [image] = images;
  const keys = unique([
    ...images.map(imageKey),
    ...accounts.map(accountKey),
    ...projects.map(projectKey),
    ...counts.map(countKey),
    ...instances.map(instanceKey),
    ...accessKeys.map(accessKeyKey),
    ...copyJobs.map(copyJobKey),
    ...(addressBookEntry === undefined ? [] : [addressBookKey(addressBookEntry)]),
    ...(idempotencyKey === undefined ? [] : [idempotencyRecordKey(idempotencyKey)]),
  ]);
  const room = Math.max(0, max - keys.length);
  const keyOfShare = (recipient: PrincipalId): Key[] => (image === undefined ? [] : [shareKey(image, recipient)]);
  return [
    [...keys, ...shares.slice(0, room).flatMap(keyOfShare)],
    ({ image: stored, shares: details }) =>
      shares
        .filter((recipient) => stored !== undefined && Object.hasOwn(stored.recipients, recipient) && !details.has(recipient))
        .flatMap(keyOfShare),
  ];
}

const keyText = ({ PK, SK }: Key): string => `${PK} ${SK}`;

const unique = (all: readonly Key[]): Key[] => [...new Map(all.map((key) => [keyText(key), key])).values()];

/** Converts items to facts. Wanted items that are missing are omitted or undefined. */
export function factsFrom(wanted: Wanted, items: readonly Item[]): Facts {
  const byKey = new Map(items.map((item) => [keyText(item as unknown as Key), item]));
  const lookUp = <Value>(key: Key, from: (item: Item) => Value): Value | undefined => {
    const item = byKey.get(keyText(key));
    return item === undefined ? undefined : from(item);
  };
  const entriesOf = <Id, Value>(ids: readonly Id[], keyOf: (id: Id) => Key, from: (item: Item) => Value): [Id, Value][] =>
    ids.flatMap((id) => {
      const value = lookUp(keyOf(id), from);
      return value === undefined ? [] : [[id, value] as [Id, Value]];
    });
  const {
    images = [],
    accounts = [],
    projects = [],
    counts = [],
    instances = [],
    accessKeys = [],
    copyJobs = [],
    addressBookEntry,
    shares = [],
    idempotencyKey,
  } = wanted;
  const [key] = images;
  const [instance] = instances;
  return {
    images: entriesOf(images, imageKey, imageFrom).map(([, value]) => value),
    image: key && lookUp(imageKey(key), imageFrom),
    accounts: new Map(entriesOf(accounts, accountKey, accountFrom)),
    projects: new Map(entriesOf(projects, projectKey, projectFrom)),
    counts: new Map(entriesOf(counts, countKey, countFrom).map(([id, count]) => [countName(id), count])),
    instances: entriesOf(instances, instanceKey, instanceFrom).map(([, value]) => value),
    instance: instance && lookUp(instanceKey(instance), instanceFrom),
    accessKeys: new Map(entriesOf(accessKeys, accessKeyKey, accessKeyFrom)),
    copyJobs: entriesOf(copyJobs, copyJobKey, copyJobFrom).map(([, value]) => value),
    addressBookEntry: addressBookEntry && lookUp(addressBookKey(addressBookEntry), addressBookEntryFrom),
    shares: new Map(key === undefined ? [] : entriesOf(shares, (recipient) => shareKey(key, recipient), shareFrom)),
    idempotencyRecord:
      idempotencyKey === undefined ? undefined : lookUp(idempotencyRecordKey(idempotencyKey), idempotencyRecordFrom),
  };
}
