import type { ImageId, ImageKey, PrincipalId, Region } from '../model/ids.ts';
import type { Image, ImageOrigin, PlannedShares } from '../model/image.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RecordAction, Stamp } from '../model/record.ts';
import { numbered, recordOf } from './records.ts';
import { refusal } from './rule.ts';

/** The attributes of a new image that come from the request or from its source. */
export type ImageAttributes = Pick<
  Image,
  'name' | 'description' | 'tags' | 'os' | 'architecture' | 'product' | 'products' | 'disksGiB' | 'encryption' | 'state'
>;

/** The actions that create images of a principal, each with the origin that it gives them. */
const origins = {
  ImportImage: 'import',
  CopyImage: 'copy',
  SaveSharedImage: 'save',
  CreateImageFromInstance: 'instance',
} as const satisfies Partial<Record<RecordAction, ImageOrigin>>;

/** The facts that every new image needs, no matter how it is created. */
export interface MakingFacts {
  readonly action: keyof typeof origins;
  readonly region: Region;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  readonly policy: Policy;
  /**
   * Number of images that the owner has in the region, or 0 if it isn't known yet. The condition of the write enforces the quota
   * in any case.
   */
  readonly used: number;
  /** The image that it is created from, if any. */
  readonly source?: ImageKey | undefined;
  /** The shares that the image will get once its state allows it. */
  readonly plannedShares?: PlannedShares | undefined;
  readonly stamp: Stamp;
}

/** Creates an image without shares, at its first revision. */
export const newImage = (
  attributes: ImageAttributes & Pick<Image, 'origin'>,
  key: ImageKey,
  owner: PrincipalId,
  stamp: Stamp,
): Image => ({
  ...attributes,
  ...key,
  owner,
  createdAt: stamp.at,
  recipients: {},
  revision: 1,
  detailsRevision: 1,
  lastRecordId: stamp.recordId,
});

/**
 * Plans a new image of `owner`. It has no shares, counts toward the quota of the owner, and requires that the owner is open.
 * Throws ImageQuotaExceeded. Rules `quota.images`, `owner.copies`.
 */
export function planImage(
  attributes: ImageAttributes,
  { action, region, imageId, owner, policy, used, source, plannedShares, stamp }: MakingFacts,
): Plan<Image> {
  const limit = policy.imagesPerPrincipalMax;
  if (used >= limit) {
    throw refusal('quota.images', `${owner} has ${used} of ${limit} images in ${region}`, {
      cap: limit,
      used,
      remaining: 0,
    });
  }
  const made = newImage({ ...attributes, origin: origins[action] }, { region, imageId }, owner, stamp);
  const records = numbered([
    recordOf(action, made, { policy, stamp, ...(source !== undefined && { source }) }),
    ...(plannedShares === undefined
      ? []
      : [recordOf('PlanImageShares', made, { policy, stamp, recipients: plannedShares.recipients })]),
  ]);
  const image = { ...made, ...(plannedShares !== undefined && { plannedShares }), revision: records.length };
  return {
    result: image,
    steps: [
      { do: 'create-image', image },
      { do: 'count', what: 'images', region, principal: owner, by: 1, atMost: limit },
      { do: 'require-open', principal: owner, kind: policy.principalKind },
      ...records.map((record): Step => ({ do: 'put-record', record })),
    ],
  };
}
