/**
 * The recipients in the item of an image. `recipients` is a set of those whose share never expires, and `expiring` a map from the
 * others to their expiration in epoch seconds. See docs/decisions/0032-recipients-are-a-set.md.
 */
import type { PrincipalId } from '../../model/ids.ts';
import { neverExpires, type Recipients } from '../../model/image.ts';
import type { ImageChange, ImageExpectation } from '../../model/plan.ts';
import { type Item, mapOf } from '../item.ts';
import type { Placeholders } from '../placeholders.ts';

const entriesOf = (recipients: Recipients) => Object.entries(recipients) as [PrincipalId, number][];
const expires = ([, end]: readonly [PrincipalId, number]): boolean => end !== neverExpires;

/** The recipients whose share never expires. */
const permanentIn = (recipients: Recipients): PrincipalId[] =>
  entriesOf(recipients).flatMap((entry) => (expires(entry) ? [] : [entry[0]]));

export function recipientAttributes(recipients: Recipients): Item {
  const permanent = permanentIn(recipients);
  return {
    // A set can't be empty.
    ...(permanent.length > 0 && { recipients: new Set(permanent) }),
    expiring: mapOf(Object.fromEntries(entriesOf(recipients).filter(expires))),
  };
}

/** Reads the recipients of an item. In items of earlier versions, they are one map. */
export function recipientsFrom({ recipients = new Set(), expiring = {} }: Item): Recipients {
  const others =
    recipients instanceof Set
      ? [...(recipients as Set<PrincipalId>)].map((id) => [id, neverExpires] as const)
      : entriesOf(recipients as Recipients);
  return Object.fromEntries([...others, ...entriesOf(expiring as Recipients)]);
}

/**
 * The update that makes an item of an earlier version current, so that its recipients can be changed. Undefined if it is current.
 */
export function recipientsUpgrade({ recipients }: Item) {
  if (recipients === undefined || recipients instanceof Set) {
    return undefined;
  }
  const { recipients: set, expiring } = recipientAttributes(recipients as Recipients);
  return {
    UpdateExpression: `SET expiring = :expiring${set === undefined ? ' REMOVE recipients' : ', recipients = :set'}`,
    ConditionExpression: 'recipients = :before',
    ExpressionAttributeValues: {
      ':before': mapOf(recipients as Recipients),
      ':expiring': expiring,
      ...(set !== undefined && { ':set': set }),
    },
  };
}

const endPath = (recipient: PrincipalId, placeholders: Placeholders): string =>
  `${placeholders.name('expiring')}.${placeholders.name(recipient)}`;

export function recipientConditions(
  { entries = {}, absent = [], entriesAtMost, exactly }: ImageExpectation,
  placeholders: Placeholders,
): string[] {
  // On demand, because DynamoDB rejects names that no expression uses.
  const set = () => placeholders.name('recipients');
  const map = () => placeholders.name('expiring');
  const isPermanent = (recipient: PrincipalId) => `contains(${set()}, ${placeholders.value(recipient)})`;
  return [
    // Enforces the delete guard: nobody was added since the decision. Exact lists of recipients need it too.
    ...(exactly === undefined ? [] : exactlyThese(exactly, placeholders)),
    // Enforces the sharing limit: the numbers before the change must leave room for the added recipients.
    ...(entriesAtMost === undefined
      ? []
      : [
          `(attribute_not_exists(${set()}) OR size(${set()}) <= ${placeholders.value(entriesAtMost.permanent)})`,
          `size(${map()}) <= ${placeholders.value(entriesAtMost.expiring)}`,
        ]),
    ...entriesOf(entries).map(([recipient, end]) =>
      end === neverExpires ? isPermanent(recipient) : `${endPath(recipient, placeholders)} = ${placeholders.value(end)}`,
    ),
    ...absent.map((recipient) => `NOT ${isPermanent(recipient)} AND attribute_not_exists(${endPath(recipient, placeholders)})`),
  ];
}

function exactlyThese(expected: Recipients, placeholders: Placeholders): string[] {
  const { recipients, expiring } = recipientAttributes(expected);
  const set = placeholders.name('recipients');
  return [
    recipients === undefined ? `attribute_not_exists(${set})` : `${set} = ${placeholders.value(recipients)}`,
    `${placeholders.name('expiring')} = ${placeholders.value(expiring)}`,
  ];
}

/** What an update of the item does to its recipients, by clause. */
export function recipientClauses(
  { exactly, entries: expected }: ImageExpectation,
  { entries = {}, drop = [] }: ImageChange,
  placeholders: Placeholders,
) {
  const before = new Map(entriesOf(exactly ?? expected ?? {}));
  const end = (recipient: PrincipalId) => endPath(recipient, placeholders);
  const permanent = permanentIn(entries);
  const expiring = entriesOf(entries).filter(expires);
  const removedFromSet = [
    ...drop.filter((recipient) => (before.get(recipient) ?? neverExpires) === neverExpires),
    ...expiring.flatMap(([recipient]) => (before.get(recipient) === neverExpires ? [recipient] : [])),
  ];
  const removedFromMap = [
    ...drop.filter((recipient) => before.get(recipient) !== neverExpires),
    ...permanent.filter((recipient) => (before.get(recipient) ?? neverExpires) !== neverExpires),
  ];
  const clauses = {
    SET: expiring.map(([recipient, at]) => `${end(recipient)} = ${placeholders.value(at)}`),
    REMOVE: removedFromMap.map(end),
  };
  const subset = (ids: readonly PrincipalId[]) =>
    ids.length === 0 ? [] : [`${placeholders.name('recipients')} ${placeholders.value(new Set(ids))}`];
  if (permanent.length === 0 || removedFromSet.length === 0) {
    return { ...clauses, ADD: subset(permanent), DELETE: subset(removedFromSet) };
  }
  // An update can't both add to a set and delete from it.
  if (exactly === undefined) {
    throw new Error('A change that both adds and removes recipients must expect all of them exactly');
  }
  const after = [...permanentIn(exactly), ...permanent].filter((recipient) => !removedFromSet.includes(recipient));
  const assignment = `${placeholders.name('recipients')} = ${placeholders.value(new Set(after))}`;
  return { ...clauses, SET: [...clauses.SET, assignment], ADD: [], DELETE: [] };
}
