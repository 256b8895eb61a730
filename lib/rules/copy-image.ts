import { ActionError, type ErrorCode } from '../model/error.ts';
import type { ImageId, PrincipalId, Region } from '../model/ids.ts';
import type { Image, Tags } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { hasData, keyOf } from './images.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';

interface CopyFacts {
  readonly destination: { readonly region: Region; readonly policy: Policy };
  /** Of the region that the image is in. */
  readonly policy: Policy;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  /** Whether the new owner is the caller or belongs to its account. */
  readonly ownerIsOwn: boolean;
  /** Images that the new owner has in the destination. */
  readonly used: number;
  readonly stamp: Stamp;
}

/** Why an image's owner cannot copy it, or undefined when it can. Rule `owner.copies`. */
export const whyNotCopyable = (source: Image): ActionError | undefined =>
  hasData(source) ? undefined : refusal('owner.copies', `Image ${source.imageId} isn't available (state: ${source.state})`);

const refused = (code: ErrorCode, field: string, reason: string) =>
  new ActionError(code, {
    detail: `${field}: ${reason}.`,
    rule: 'owner.copies',
    offenders: [{ id: field, code, rule: 'owner.copies', reason }],
  });

/**
 * Plans a copy of an own image, with no shares and a cap of its own. Refuses with InvalidRequest for a region of another
 * policy or a project where accounts hold images, ProjectNotFound, ImageNotUsable, ImageQuotaExceeded. Rule `owner.copies`.
 */
export function planCopy(
  source: Image,
  { destination, policy, name, description, tags, imageId, owner, ownerIsOwn, used, stamp }: CopyFacts,
): Plan<Image> {
  if (destination.policy.name !== policy.name) {
    throw refused(
      'InvalidRequest',
      'destinationRegion',
      `${source.region} and ${destination.region} belong to different clouds; images can be copied only within a cloud`,
    );
  }
  if (policy.principalKind === 'account' && owner !== source.owner) {
    throw refused('InvalidRequest', 'project', `region ${destination.region} doesn't use projects`);
  }
  if (!ownerIsOwn) {
    throw refused('ProjectNotFound', 'project', `project ${owner} doesn't exist in your account`);
  }
  const why = whyNotCopyable(source);
  if (why !== undefined) {
    throw why;
  }
  const { os, architecture, product, products, disksGiB, encryption } = source;
  return planImage(
    { name, description, tags, os, architecture, product, products, disksGiB, encryption, state: 'copying' },
    {
      action: 'CopyImage',
      region: destination.region,
      imageId,
      owner,
      policy: destination.policy,
      used,
      source: keyOf(source),
      stamp,
    },
  );
}
