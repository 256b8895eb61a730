import { ActionError, invalidField } from '../model/error.ts';
import { type Image, type ImageState, isBeingMade, Product, type Tags } from '../model/image.ts';
import { type ImageChange, type ImageExpectation, type Plan, stepsPerPlanMax } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import { removals } from './change-recipients.ts';
import { expectRevision, requireRevision, whyNotWhileShared } from './images.ts';
import { expiredEntries, liveEntries, namesOf } from './recipients.ts';
import { expiryRecordOf, recordedChange, recordOf } from './records.ts';
import { refusal } from './rule.ts';

/** The details an owner may edit; what is absent stays. */
export interface Edit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Tags | undefined;
  readonly products?: readonly Product[] | undefined;
  readonly deprecated?: boolean | undefined;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sorted = (tags: Tags) => Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Plans an owner's edit of its image, made on the revision of its details that the owner has seen, where it states some.
 * An edit that changes nothing has no steps. Refuses with PreconditionFailed when the details have changed since, with
 * ImageNotUsable when the image cannot be deprecated or used in a product, and with ImageShared where the policy keeps
 * shared images from being deprecated. Rules `owner.still-uses`, `owner.deprecates`, `share.cross-product`.
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
  const deprecation = edit.deprecated === undefined ? {} : planDeprecation(edit.deprecated, image, policy, stamp.at);
  const products = edit.products === undefined ? image.products : requireUsableIn(edit.products, image, policy);
  const details: NonNullable<ImageChange['details']> = {
    ...(edit.name !== undefined && edit.name !== image.name && { name: edit.name }),
    ...(edit.description !== undefined && edit.description !== image.description && { description: edit.description }),
    ...(edit.tags !== undefined && !same(sorted(edit.tags), sorted(image.tags)) && { tags: edit.tags }),
    ...(!same(products, image.products) && { products }),
    ...(deprecation.state !== undefined && { state: deprecation.state }),
  };
  if (Object.keys(details).length === 0) {
    return { steps: [], result: image };
  }
  const expect = { ...deprecation.expect, ...expectRevision(image, revisionsSeen) };
  return {
    result: { ...image, ...details, detailsRevision: image.detailsRevision + 1 },
    steps: recordedChange(image, { expect, change: { details } }, recordOf(action, image, { policy, stamp })),
  };
}

/** The products in which instances may be made from the image, its own one first. Rule `share.cross-product`. */
function requireUsableIn(products: readonly Product[], image: Image, policy: Policy): readonly Product[] {
  if (!products.includes(image.product)) {
    throw invalidField('products', `${image.product} is required because it is the image's own product`);
  }
  const others = Product.options.filter((product) => product !== image.product && products.includes(product));
  if (others.length > 0 && !policy.lightweightMayBeShared) {
    throw refusal('share.cross-product', `In ${image.region}, images support only one product`);
  }
  return [image.product, ...others];
}

function planDeprecation(
  deprecated: boolean,
  image: Image,
  policy: Policy,
  now: Date,
): { state?: ImageState; expect?: ImageExpectation } {
  const [from, to]: [ImageState, ImageState] = deprecated ? ['available', 'deprecated'] : ['deprecated', 'available'];
  if (image.state === to) {
    return {};
  }
  if (image.state !== from) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ${image.imageId} can't become ${to} because its state is ${image.state}; only an ${from} image can.`,
      rule: 'owner.deprecates',
    });
  }
  if (!deprecated || policy.ownerMayDeprecateWhileShared) {
    return { state: to, expect: { state: from } };
  }
  const refusal = whyNotWhileShared(image, now, 'deprecated', 'owner.deprecates');
  if (refusal !== undefined) {
    throw refusal;
  }
  return { state: to, expect: { state: from, exactly: image.recipients } };
}

/**
 * Plans the report of a compute platform on an image that is being made. An image that failed is no longer shared. Reporting the
 * state that the image is in changes nothing. Refuses with ImageNotUsable if the image is not being made.
 */
export function planReport(
  report: { state: 'available' | 'failed'; reason?: string | undefined },
  image: Image,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): Plan<Image> {
  if (image.state === report.state) {
    return { steps: [], result: image };
  }
  if (!isBeingMade(image.state)) {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ${image.imageId} can't become ${report.state} because its state is ${image.state}; only a pending or copying image can.`,
    });
  }
  const details = { state: report.state, ...(report.reason !== undefined && { stateReason: report.reason }) };
  const detailsRevision = image.detailsRevision + 1;
  if (report.state === 'available') {
    return {
      result: { ...image, ...details, detailsRevision },
      steps: recordedChange(
        image,
        { expect: { state: image.state }, change: { details } },
        recordOf('ReportImageState', image, { policy, stamp, state: 'available' }),
      ),
    };
  }
  const recipients = namesOf(liveEntries(image.recipients, stamp.at));
  const steps = recordedChange(
    image,
    { expect: { state: image.state, exactly: image.recipients }, change: { details, drop: namesOf(image.recipients) } },
    recordOf('ReportImageState', image, { policy, stamp, state: 'failed', recipients }),
    expiryRecordOf(image, { policy, stamp, recipients: namesOf(expiredEntries(image.recipients, stamp.at)) }),
  );
  return {
    result: { ...image, ...details, detailsRevision, recipients: {} },
    steps: [...steps, ...removals(image, stamp, namesOf(image.recipients), stepsPerPlanMax - steps.length)],
  };
}
