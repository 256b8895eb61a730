import { isDeepStrictEqual } from 'node:util';
import type { PrincipalId } from '../../../lib/model/ids.ts';
import { type Image, neverExpires, type Recipients } from '../../../lib/model/image.ts';
import type { ImageExpectation, Step } from '../../../lib/model/plan.ts';
import { countByExpiration } from '../../../lib/rules/recipients.ts';

export type ChangeImage = Extract<Step, { do: 'change-image' }>;

/** Returns the image after the step, or undefined if the step's expectation does not hold. */
export function applyChange({ expect, change, records }: ChangeImage, image: Image | undefined): Image | undefined {
  if (image === undefined || image.deletedAt !== undefined || !holds(expect, image)) {
    return undefined;
  }
  const { details, entries, drop = [], plannedShares, deletedAt } = change;
  requireWritable({ expect, change }, image);
  const { plannedShares: before, ...rest } = image;
  const plannedAfter = plannedShares === undefined ? before : plannedShares;
  return {
    ...rest,
    ...(plannedAfter && { plannedShares: plannedAfter }),
    ...details,
    ...(deletedAt !== undefined && { deletedAt }),
    recipients: without({ ...image.recipients, ...entries }, drop),
    revision: image.revision + (records?.count ?? 0),
    lastRecordId: records?.lastId ?? image.lastRecordId,
    detailsRevision: image.detailsRevision + (details === undefined ? 0 : 1),
  };
}

/** Throws if the change needs an expectation that it doesn't have. */
function requireWritable({ expect, change: { entries = {}, drop = [] } }: Pick<ChangeImage, 'expect' | 'change'>, image: Image) {
  // Plans always expect something. Only tests write without looking.
  if (Object.keys(expect).length === 0) {
    return;
  }
  const before = new Map(Object.entries(image.recipients));
  const addsPermanent = Object.values(entries).includes(neverExpires);
  if (expect.exactly === undefined && addsPermanent && drop.some((recipient) => before.get(recipient) === neverExpires)) {
    throw new Error('A change that both adds and removes recipients must expect all of them exactly');
  }
  const expected = expect.exactly ?? expect.entries ?? {};
  const isRescheduled = ([recipient, end]: [string, number]) => before.has(recipient) && before.get(recipient) !== end;
  if (Object.entries(entries).some((entry) => isRescheduled(entry) && !Object.hasOwn(expected, entry[0]))) {
    throw new Error('A change of an expiration must expect the previous one');
  }
}

function holds(
  { state, products, entries = {}, absent = [], entriesAtMost, exactly, plannedShares, detailsRevision }: ImageExpectation,
  image: Image,
): boolean {
  const { recipients } = image;
  return (
    (state === undefined || image.state === state) &&
    (products === undefined || isDeepStrictEqual(products, image.products)) &&
    (detailsRevision === undefined || image.detailsRevision === detailsRevision) &&
    (entriesAtMost === undefined || isAtMost(recipients, entriesAtMost)) &&
    (plannedShares === undefined || isDeepStrictEqual(plannedShares, image.plannedShares)) &&
    (exactly === undefined || isEqual(exactly, recipients)) &&
    Object.entries(entries).every(([recipient, end]) => endIn(recipients, recipient) === end) &&
    absent.every((recipient) => !Object.hasOwn(recipients, recipient))
  );
}

const isEqual = (a: Recipients, b: Recipients): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([recipient, end]) => endIn(b, recipient) === end);

function isAtMost(recipients: Recipients, max: NonNullable<ImageExpectation['entriesAtMost']>): boolean {
  const { expiring, permanent } = countByExpiration(recipients);
  return permanent <= max.permanent && expiring <= max.expiring;
}

const endIn = (recipients: Recipients, name: string): number | undefined =>
  Object.hasOwn(recipients, name) ? recipients[name as PrincipalId] : undefined;

const without = (recipients: Recipients, names: readonly PrincipalId[]): Recipients =>
  Object.fromEntries(Object.entries(recipients).filter(([recipient]) => !names.includes(recipient as PrincipalId)));
