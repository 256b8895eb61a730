import { ActionError, type ErrorCode } from '../model/error.ts';
import type { ImageId, PrincipalId, Region } from '../model/ids.ts';
import type { Image, PlannedShares, Tags } from '../model/image.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { hasData, keyOf, stateText } from './images.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';

interface CopyFacts {
  readonly destination: { readonly region: Region; readonly policy: Policy };
  /** The policy of the source region. */
  readonly policy: Policy;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly imageId: ImageId;
  readonly owner: PrincipalId;
  /** Whether the new owner is the caller or one of its projects. */
  readonly ownerIsOwn: boolean;
  /** Number of images that the new owner has in the destination region. */
  readonly used: number;
  /** The shares that the copy will get once its state allows it. */
  readonly plannedShares?: PlannedShares | undefined;
  /** The names of the request's fields, for errors. Default: those of CopyImage. */
  readonly fields?: { readonly region: string; readonly project: string };
  readonly stamp: Stamp;
}

/** Returns why the owner can't copy the image, or undefined if it can. Rule `owner.copies`. */
export const whyNotCopyable = (source: Image): ActionError | undefined =>
  hasData(source)
    ? undefined
    : refusal('owner.copies', `Image ${source.imageId} isn't available because it ${stateText(source.state)}`);

const fieldError = (code: ErrorCode, field: string, reason: string) =>
  new ActionError(code, {
    detail: `${field}: ${reason}.`,
    rule: 'owner.copies',
    offenders: [{ id: field, code, rule: 'owner.copies', reason }],
  });

/**
 * Plans a copy of an image that the caller owns, without shares. Throws InvalidRequest for a region with another policy, or for
 * a project in a region where accounts own images; ProjectNotFound, ImageNotUsable, and ImageQuotaExceeded. Rule `owner.copies`.
 */
export function planCopy(
  source: Image,
  {
    destination,
    policy,
    name,
    description,
    tags,
    imageId,
    owner,
    ownerIsOwn,
    used,
    plannedShares,
    fields = { region: 'destinationRegion', project: 'project' },
    stamp,
  }: CopyFacts,
): Plan<Image> {
  if (destination.policy.name !== policy.name) {
    throw fieldError(
      'InvalidRequest',
      fields.region,
      `${source.region} and ${destination.region} belong to different clouds; images can be copied only within a cloud`,
    );
  }
  if (policy.principalKind === 'account' && owner !== source.owner) {
    throw fieldError('InvalidRequest', fields.project, `region ${destination.region} doesn't use projects`);
  }
  if (!ownerIsOwn) {
    throw fieldError('ProjectNotFound', fields.project, `project ${owner} doesn't exist in your account`);
  }
  const error = whyNotCopyable(source);
  if (error !== undefined) {
    throw error;
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
      plannedShares,
      stamp,
    },
  );
}
