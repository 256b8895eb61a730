import { invalidField } from '../model/error.ts';
import type { HolderId, ImageId, ImageKey } from '../model/ids.ts';
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
  readonly holder?: HolderId | undefined;
  readonly recipient?: readonly HolderId[] | undefined;
  readonly all?: boolean | undefined;
}): readonly HolderId[] | 'all' {
  const ways = [
    ...(stated.holder === undefined ? [] : [[stated.holder]]),
    ...(stated.recipient === undefined ? [] : [stated.recipient]),
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
  cancelled: HolderId[];
  notShared: HolderId[];
  used?: number;
  remaining?: number;
}

/**
 * Plans the end of shares, by the owner or, of its own share alone and where the policy allows, by a recipient.
 * Refuses with ImageNotFound and NotOwner.
 */
export function planCancel(
  { key, remove, isInPath }: { key: ImageKey; remove: readonly HolderId[] | 'all'; isInPath: boolean },
  { image: found, holder, policy, stamp }: { image: Image | undefined; holder: HolderId; policy: Policy; stamp: Stamp },
): Plan<Cancelled> {
  const isLeaving = isInPath && remove[0] === holder && found?.owner !== holder;
  const image = isLeaving
    ? requireMayLeave(key, found, holder, policy, stamp.at)
    : requireOwned('cancel', key, found, holder, stamp.at);
  const { steps, live, removed, notShared } = planRecipients(
    { add: [], remove },
    { action: 'CancelImageShares', image, policy, knownHolders: new Set(), stamp },
  );
  const used = namesOf(live).length;
  return {
    steps,
    answer: {
      imageId: image.imageId,
      cancelled: [...removed],
      notShared: [...notShared],
      ...(!isLeaving && { used, remaining: Math.max(0, policy.recipientsPerImageMax - used) }),
    },
  };
}

function requireMayLeave(key: ImageKey, found: Image | undefined, holder: HolderId, policy: Policy, now: Date): Image {
  const { image } = requireVisible(key, found, holder, now);
  if (!policy.recipientMayLeave) {
    throw refusal('received.leave', `In ${key.region}, only the owner (${image.owner}) can stop sharing`);
  }
  return image;
}
