import { ActionError } from '../model/error.ts';
import type { Image, ImageState, Labels } from '../model/image.ts';
import type { ImageChange, ImageExpectation, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { whyNotWhileShared } from './images.ts';
import { recordOf } from './records.ts';

/** The details an owner may edit; what is absent stays. */
export interface Edit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: Labels | undefined;
  readonly deprecated?: boolean | undefined;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sorted = (labels: Labels) => Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Plans an owner's edit of its image. An edit that changes nothing has no steps. Refuses with ImageNotUsable when the
 * image is in no state to be deprecated, and with ImageShared where the policy keeps shared images from it.
 * Rules `owner.still-uses`, `owner.deprecates`.
 */
export function planUpdate(edit: Edit, image: Image, { policy, stamp }: { policy: Policy; stamp: Stamp }): Plan<Image> {
  const deprecation = edit.deprecated === undefined ? {} : planDeprecation(edit.deprecated, image, policy, stamp.at);
  const details: NonNullable<ImageChange['details']> = {
    ...(edit.name !== undefined && edit.name !== image.name && { name: edit.name }),
    ...(edit.description !== undefined && edit.description !== image.description && { description: edit.description }),
    ...(edit.labels !== undefined && !same(sorted(edit.labels), sorted(image.labels)) && { labels: edit.labels }),
    ...(deprecation.state !== undefined && { state: deprecation.state }),
  };
  if (Object.keys(details).length === 0) {
    return { steps: [], answer: image };
  }
  return {
    answer: { ...image, ...details },
    steps: [
      { do: 'change-image', key: image, owner: image.owner, expect: deprecation.expect ?? {}, change: { details } },
      recordOf('UpdateImage', image, { policy, stamp }),
    ],
  };
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
      detail: `Image ${image.imageId} is ${image.state}; only an ${from} image can become ${to}.`,
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
 * Plans what the compute platform reports of an image that is being made. Reporting the state it is in changes nothing.
 * Refuses with ImageNotUsable when the image is made already.
 */
export function planReport(
  report: { state: 'available' | 'failed'; reason?: string | undefined },
  image: Image,
  { policy, stamp }: { policy: Policy; stamp: Stamp },
): Plan<Image> {
  if (image.state === report.state) {
    return { steps: [], answer: image };
  }
  if (image.state !== 'pending' && image.state !== 'copying') {
    throw new ActionError('ImageNotUsable', {
      detail: `Image ${image.imageId} is ${image.state}; only a pending or copying image can become ${report.state}.`,
    });
  }
  const details = { state: report.state, ...(report.reason !== undefined && { stateReason: report.reason }) };
  return {
    answer: { ...image, ...details },
    steps: [
      { do: 'change-image', key: image, owner: image.owner, expect: { state: image.state }, change: { details } },
      recordOf('ReportImageState', image, { policy, stamp }),
    ],
  };
}
