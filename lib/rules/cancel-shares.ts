import { invalidField } from '../model/error.ts';
import type { ImageId, ImageKey, PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { planRecipients } from './change-recipients.ts';
import { namesOf } from './recipients.ts';
import { refusal } from './rule.ts';
import { requireOwned, requireVisible } from './visibility.ts';

/** Whose shares a call ends. It has to say so in exactly one way. Refuses with InvalidRequest. */
export function recipientsToCancel(stated: {
  /** One recipient in the path, or a list of them in the query. */
  readonly recipient?: PrincipalId | readonly PrincipalId[] | undefined;
  readonly all?: boolean | undefined;
}): readonly PrincipalId[] | 'all' {
  const ways = [
    ...(stated.recipient === undefined ? [] : [[stated.recipient].flat()]),
    ...(stated.all === true ? ['all' as const] : []),
  ];
  const [only] = ways;
  if (only === undefined || ways.length > 1) {
    throw invalidField(
      'recipient',
      only === undefined
        ? 'specify recipient=ID or all=true'
        : 'specify recipients in only one way: in the path, as recipient=ID, or all=true',
    );
  }
  return only;
}

interface Cancelled {
  imageId: ImageId;
  cancelled: PrincipalId[];
  notShared: PrincipalId[];
  used?: number;
  remaining?: number;
}

/**
 * Plans the end of shares, by the owner or, of its own share alone and where the policy allows, by a recipient.
 * Refuses with ImageNotFound and NotOwner.
 */
export function planCancel(
  { key, remove, isInPath }: { key: ImageKey; remove: readonly PrincipalId[] | 'all'; isInPath: boolean },
  { image: found, principal, policy, stamp }: { image: Image | undefined; principal: PrincipalId; policy: Policy; stamp: Stamp },
): Plan<Cancelled> {
  const isLeaving = isInPath && remove[0] === principal && found?.owner !== principal;
  const image = isLeaving
    ? requireMayLeave(key, found, principal, policy, stamp.at)
    : requireOwned('cancel', key, found, principal, stamp.at);
  const { steps, live, removed, notShared } = planRecipients(
    { add: [], remove },
    { action: 'CancelImageShares', image, policy, knownPrincipals: new Set(), stamp },
  );
  const used = namesOf(live).length;
  return {
    steps,
    result: {
      imageId: image.imageId,
      cancelled: [...removed],
      notShared: [...notShared],
      ...(!isLeaving && { used, remaining: Math.max(0, policy.recipientsPerImageMax - used) }),
    },
  };
}

function requireMayLeave(key: ImageKey, found: Image | undefined, principal: PrincipalId, policy: Policy, now: Date): Image {
  const { image } = requireVisible(key, found, principal, now);
  if (!policy.recipientMayLeave) {
    throw refusal('received.leave', `In ${key.region}, only the owner (${image.owner}) can stop sharing`);
  }
  return image;
}
