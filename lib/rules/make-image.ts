import { ActionError } from '../model/error.ts';
import type { HolderId, ImageId, Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { recordOf } from './records.ts';

/** What a new image takes from the call or from the image it is made of. */
export type ImageOrigin = Pick<
  Image,
  'name' | 'description' | 'labels' | 'os' | 'architecture' | 'product' | 'products' | 'disksGiB' | 'encryption' | 'state'
>;

/** What a plan of the same kind needs, however the image comes about. */
export interface MakingFacts {
  readonly action: string;
  readonly region: Region;
  readonly imageId: ImageId;
  readonly owner: HolderId;
  readonly policy: Policy;
  /** Images that the owner has in the region. */
  readonly used: number;
  readonly stamp: Stamp;
}

/**
 * Plans a new image of `owner`: it starts with no shares, counts toward the owner's quota, and is made only while the
 * owner is open. Refuses with ImageQuotaExceeded. Rules `quota.images`, `owner.copies`.
 */
export function planImage(
  origin: ImageOrigin,
  { action, region, imageId, owner, policy, used, stamp }: MakingFacts,
): Plan<Image> {
  const limit = policy.imagesPerHolderMax;
  if (used >= limit) {
    throw new ActionError('ImageQuotaExceeded', {
      detail: `${owner} has ${used} of at most ${limit} images in ${region}. Delete one first.`,
      rule: 'quota.images',
      cap: limit,
      used,
      remaining: 0,
    });
  }
  const image: Image = {
    ...origin,
    region,
    imageId,
    owner,
    createdAt: stamp.at,
    recipients: {},
    revision: 1,
    detailsRevision: 1,
  };
  return {
    answer: image,
    steps: [
      { do: 'create-image', image },
      { do: 'count-image', region, holder: owner, by: 1, atMost: limit },
      { do: 'require-open', holder: owner, kind: policy.holderKind },
      recordOf(action, image, { policy, stamp }),
    ],
  };
}
