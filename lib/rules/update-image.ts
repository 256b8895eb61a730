import { ActionError, invalidField } from '../model/error.ts';
import { type Image, type ImageState, isBeingMade, Product, type Tags } from '../model/image.ts';
import { type ImageChange, type Plan, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { EditedDetail, type RecordAction, type Stamp } from '../model/record.ts';
import { whyNotWhileShared } from './delete-image.ts';
import { expectRevision, requireRevision } from './images.ts';
import { type PlannedSharesFacts, planPlannedShares } from './planned-shares.ts';
import { expiredEntries, liveEntries, namesOf } from './recipients.ts';
import { droppedRecordOf, expiryRecordOf, recordedChange, recordOf, serviceStamp } from './records.ts';
import { refusal } from './rule.ts';
import { listingUpdates, removals } from './share-items.ts';

/** The changes of an edit. Absent fields stay unchanged. */
export interface Edit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly products?: readonly Product[] | undefined;
  readonly deprecated?: boolean | undefined;
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sortedEntries = (tags: Tags) => Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Plans an edit of the details. Without changes, the plan has no steps. Throws PreconditionFailed unless the current revision is
 * one of those that the caller has seen, ImageNotUsable if the image can't be deprecated or used with a product, and ImageShared
 * if the policy doesn't allow deprecating shared images. Rules `owner.deprecates`, `share.cross-product`.
 */
export function planUpdate(
  edit: Edit,
  image: Image,
  {
    action = 'UpdateImage',
    policy,
    stamp,
    revisionsSeen,
  }: { action?: RecordAction; policy: Policy; stamp: Stamp; revisionsSeen?: readonly number[] | undefined },
): Plan<Image> {
  requireRevision(image, revisionsSeen);
  const state = edit.deprecated === undefined ? undefined : planDeprecation(edit.deprecated, image, policy, stamp.at);
  const products = edit.products === undefined ? image.products : requireValidProducts(edit.products, image, policy);
  const details: NonNullable<ImageChange['details']> = {
    ...(edit.name !== undefined && edit.name !== image.name && { name: edit.name }),
    ...(edit.description !== undefined && edit.description !== image.description && { description: edit.description }),
    ...(edit.tags !== undefined && !isEqual(sortedEntries(edit.tags), sortedEntries(image.tags)) && { tags: edit.tags }),
    ...(!isEqual(products, image.products) && { products }),
    ...(state !== undefined && { state }),
  };
  if (Object.keys(details).length === 0) {
    return { steps: [], result: image };
  }
  const isListedOtherwise = details.products !== undefined || state !== undefined;
  const expect = {
    ...(isListedOtherwise && { state: image.state, products: image.products, exactly: image.recipients }),
    ...expectRevision(image, revisionsSeen),
  };
  const changes = EditedDetail.options.filter((detail) => details[detail] !== undefined);
  const record = recordOf(action, image, {
    policy,
    stamp,
    ...(changes.length > 0 && { changes }),
    ...(state !== undefined && { state }),
  });
  const result = { ...image, ...details, detailsRevision: image.detailsRevision + 1 };
  return {
    result,
    steps: [
      ...recordedChange(image, { expect, change: { details } }, record),
      ...(isListedOtherwise ? listingUpdates(result, image.recipients, stamp) : []),
    ],
  };
}

/** Returns the products of the image, its own one first. Throws InvalidRequest and ImageNotUsable. Rule `share.cross-product`. */
function requireValidProducts(products: readonly Product[], image: Image, policy: Policy): readonly Product[] {
  if (!products.includes(image.product)) {
    throw invalidField('products', `${image.product} is required because it is the image's own product`);
  }
  const others = Product.options.filter((product) => product !== image.product && products.includes(product));
  if (others.length > 0 && !policy.lightweightMayBeShared) {
    throw refusal('share.cross-product', `In ${image.region}, images support only one product`);
  }
  return [image.product, ...others];
}

type Deprecation = Extract<ImageState, 'available' | 'deprecated'>;

/** Returns the state that the image gets, or undefined if it is in that state. */
function planDeprecation(deprecated: boolean, image: Image, policy: Policy, now: Date): Deprecation | undefined {
  const [from, to]: [Deprecation, Deprecation] = deprecated ? ['available', 'deprecated'] : ['deprecated', 'available'];
  if (image.state === to) {
    return undefined;
  }
  if (image.state !== from) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ${image.imageId} can't become ${to} because its state is ${image.state}; only ${from} images can.`,
      rule: 'owner.deprecates',
    });
  }
  if (!deprecated || policy.ownerMayDeprecateWhileShared) {
    return to;
  }
  const whyNot = whyNotWhileShared(image, now, 'deprecated', 'owner.deprecates');
  if (whyNot !== undefined) {
    throw whyNot;
  }
  return to;
}

/**
 * Plans the state that the compute platform reports for a pending or copying image. An available image gets its planned shares in
 * the same write. A failed image is no longer shared, and gets none. Reporting the current state changes nothing. Throws
 * ImageNotUsable in other states.
 */
export function planStateReport(
  report: { state: 'available' | 'failed'; reason?: string | undefined },
  image: Image,
  { policy, planned, stamp }: { policy: Policy; planned: PlannedSharesFacts; stamp: Stamp },
): Plan<Image> {
  if (image.state === report.state) {
    return { steps: [], result: image };
  }
  if (!isBeingMade(image.state)) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ${image.imageId} can't become ${report.state} because its state is ${image.state}; only pending or copying images can.`,
    });
  }
  const details = { state: report.state, ...(report.reason !== undefined && { stateReason: report.reason }) };
  const detailsRevision = image.detailsRevision + 1;
  if (report.state === 'available') {
    const record = recordOf('ReportImageState', image, { policy, stamp, state: 'available' });
    return {
      result: { ...image, ...details, detailsRevision },
      steps:
        image.plannedShares === undefined
          ? [
              ...recordedChange(
                image,
                { expect: { state: image.state, products: image.products, exactly: image.recipients }, change: { details } },
                record,
              ),
              ...listingUpdates({ ...image, ...details }, image.recipients, stamp),
            ]
          : planPlannedShares(image, planned, { policy, stamp, report: { details, record } }),
    };
  }
  const { plannedShares } = image;
  const recipients = namesOf(liveEntries(image.recipients, stamp.at));
  const steps = recordedChange(
    image,
    {
      expect: { state: image.state, exactly: image.recipients, ...(plannedShares !== undefined && { plannedShares }) },
      change: { details, drop: namesOf(image.recipients), ...(plannedShares !== undefined && { plannedShares: null }) },
    },
    recordOf('ReportImageState', image, { policy, stamp, state: 'failed', recipients }),
    [
      ...expiryRecordOf(image, { policy, stamp, recipients: namesOf(expiredEntries(image.recipients, stamp.at)) }),
      ...droppedRecordOf(image, { policy, stamp: serviceStamp(stamp), recipients: plannedShares?.recipients ?? [] }),
    ],
  );
  return {
    result: { ...image, ...details, detailsRevision, recipients: {} },
    steps: [...steps, ...removals(image, stamp, namesOf(image.recipients), stepsPerPlanMax - steps.length)],
  };
}
