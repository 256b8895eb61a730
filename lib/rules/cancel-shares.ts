import { invalidField } from '../model/error.ts';
import type { ImageId, ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { planRecipients } from './change-recipients.ts';
import { namesOf } from './recipients.ts';
import { refusal } from './rule.ts';
import { remainingOf } from './views.ts';
import { requireOwned, requireVisible, visibilityOf } from './visibility.ts';

/** Returns the recipients to remove. Throws InvalidRequest unless the request specifies them in exactly one way. */
export function recipientsToCancel(request: {
  /** One recipient in the path, or a list of them in the query. */
  readonly recipient?: PrincipalId | readonly PrincipalId[] | undefined;
  readonly all?: boolean | undefined;
}): readonly PrincipalId[] | 'all' {
  const ways = [
    ...(request.recipient === undefined ? [] : [[request.recipient].flat()]),
    ...(request.all === true ? ['all' as const] : []),
  ];
  const [recipients] = ways;
  if (recipients === undefined || ways.length > 1) {
    throw invalidField(
      'recipient',
      recipients === undefined
        ? 'specify recipient=ID or all=true'
        : 'specify recipients in only one way: in the path, as recipient=ID, or all=true',
    );
  }
  return recipients;
}

interface Cancelled {
  imageId: ImageId;
  cancelled: PrincipalId[];
  notShared: PrincipalId[];
  used?: number;
  remaining?: number;
}

/**
 * Plans to stop sharing. The owner can remove any recipient; a recipient only itself, and only if the policy allows it. Throws
 * ImageNotFound and NotOwner.
 */
export function planCancel(
  { key, remove, isInPath }: { key: ImageKey; remove: readonly PrincipalId[] | 'all'; isInPath: boolean },
  {
    image: storedImage,
    principal,
    policy,
    stamp,
  }: { image: Image | undefined; principal: PrincipalId; policy: Policy; stamp: Stamp },
): Plan<Cancelled> {
  const isLeaving = isInPath && remove[0] === principal && storedImage?.owner !== principal;
  const image = isLeaving
    ? requireMayLeave(key, storedImage, principal, policy, stamp.at)
    : requireOwned('cancel', key, storedImage, principal, stamp.at);
  const { steps, live, planned, removed, dropped, notShared } = planRecipients(
    { add: [], remove },
    { action: 'CancelImageShares', image, policy, knownPrincipals: new Map(), stamp, ...(isLeaving && { reason: 'left' }) },
  );
  const used = namesOf(live).length;
  return {
    steps,
    result: {
      imageId: image.imageId,
      cancelled: [...removed, ...dropped],
      notShared: [...notShared],
      ...(!isLeaving && { used, remaining: remainingOf(policy, used, planned) }),
    },
  };
}

/**
 * Plans to leave one image, as one of several. The result tells whether the image was shared with `principal`. Throws NotOwner if
 * the policy doesn't allow leaving.
 */
export function planLeave(
  image: Image | undefined,
  { principal, policy, stamp }: { principal: PrincipalId; policy: Policy; stamp: Stamp },
): Plan<boolean> {
  if (image === undefined || visibilityOf(image, principal, stamp.at) !== 'shared') {
    return { steps: [], result: false };
  }
  const { steps } = planCancel({ key: image, remove: [principal], isInPath: true }, { image, principal, policy, stamp });
  return { steps, result: true };
}

function requireMayLeave(
  key: ImageKey,
  storedImage: Image | undefined,
  principal: PrincipalId,
  policy: Policy,
  now: Date,
): Image {
  const { image } = requireVisible(key, storedImage, principal, now);
  if (!policy.recipientMayLeave) {
    throw refusal('received.leave', `In ${key.region}, only the owner (${image.owner}) can stop sharing`);
  }
  return image;
}
