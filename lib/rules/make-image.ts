import type { ImageId, ImageKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import { recordOf } from './records.ts';
import { refusal } from './rule.ts';

/** What a new image takes from the call or from the image it is made of. */
export type ImageOrigin = Pick<
  Image,
  'name' | 'description' | 'tags' | 'os' | 'architecture' | 'product' | 'products' | 'disksGiB' | 'encryption' | 'state'
>;

/** What a plan of the same kind needs, however the image comes about. */
export interface MakingFacts {
  readonly action: RecordAction;
  readonly region: Region;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  readonly policy: Policy;
  /** Images that the owner has in the region; 0 while it is not known, until the write's own condition tells. */
  readonly used: number;
  /** The image that it is made from, if any. */
  readonly source?: ImageKey | undefined;
  readonly stamp: Stamp;
}

/** An image as it is when it is made: with no shares, at its first revision. */
export const newImage = (origin: ImageOrigin, key: ImageKey, owner: PrincipalId, stamp: Stamp): Image => ({
  ...origin,
  ...key,
  owner,
  createdAt: stamp.at,
  recipients: {},
  revision: 1,
  detailsRevision: 1,
  lastRecordId: stamp.recordId,
});

/**
 * Plans a new image of `owner`: it starts with no shares, counts toward the owner's quota, and is made only while the
 * owner is open. Refuses with ImageQuotaExceeded. Rules `quota.images`, `owner.copies`.
 */
export function planImage(
  origin: ImageOrigin,
  { action, region, imageId, owner, policy, used, source, stamp }: MakingFacts,
): Plan<Image> {
  const limit = policy.imagesPerPrincipalMax;
  if (used >= limit) {
    throw refusal('quota.images', `${owner} has ${used} of ${limit} images in ${region}`, {
      cap: limit,
      used,
      remaining: 0,
    });
  }
  const image = newImage(origin, { region, imageId }, owner, stamp);
  return {
    result: image,
    steps: [
      { do: 'create-image', image },
      { do: 'count', what: 'images', region, principal: owner, by: 1, atMost: limit },
      { do: 'require-open', principal: owner, kind: policy.principalKind },
      { do: 'put-record', record: recordOf(action, image, { policy, stamp, ...(source !== undefined && { source }) }) },
    ],
  };
}
