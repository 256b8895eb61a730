import { ActionError } from '../model/error.ts';
import type { ImageId, ImageKey, InstanceId, InstanceKey, PrincipalId } from '../model/ids.ts';
import type { Image, Product, Tags } from '../model/image.ts';
import type { ImageStatus, Instance } from '../model/instance.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { disksFor, hasData, stateText } from './images.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';
import { requireVisible, type Visibility, visibilityOf } from './visibility.ts';

/**
 * Returns why no instance of the product can be launched from a visible image, or undefined if one can. Rules `received.use`,
 * `owner.still-uses`, `share.cross-product`.
 */
export function whyNotUsable(image: Image, visibility: Visibility, product: Product = image.product): ActionError | undefined {
  if (!hasData(image)) {
    return refusal(
      visibility === 'owned' ? 'owner.still-uses' : 'received.use',
      `Image ${image.imageId} isn't available because it ${stateText(image.state)}`,
    );
  }
  return image.products.includes(product)
    ? undefined
    : refusal(
        'share.cross-product',
        `Image ${image.imageId} isn't compatible with ${product} instances (compatible: ${image.products.join(', ')})`,
      );
}

function requireUsable(image: Image, visibility: Visibility, product: Product): void {
  const error = whyNotUsable(image, visibility, product);
  if (error !== undefined) {
    throw error;
  }
}

/** The attributes that an instance inherits from its image. */
const inheritedFrom = ({ imageId, os, architecture, encryption }: Image) => ({ imageId, os, architecture, encryption });

/** The instances that one call launched or reinstalled, their image, and why their principal can see it. */
export interface LaunchResult {
  readonly instances: readonly Instance[];
  readonly image: Image;
  readonly visibility: Visibility;
}

/**
 * Plans instances launched from an owned, shared, or public image, all or none. Throws ImageNotFound and ImageNotUsable. Rules
 * `received.use`, `owner.still-uses`, `share.cross-product`.
 */
export function planLaunch(
  { key, instanceIds, product }: { key: ImageKey; instanceIds: readonly InstanceId[]; product: Product | undefined },
  { image: storedImage, principal, policy, now }: { image: Image | undefined; principal: PrincipalId; policy: Policy; now: Date },
): Plan<LaunchResult> {
  const { image, visibility } = requireVisible(key, storedImage, principal, now);
  const common = {
    ...inheritedFrom(image),
    region: key.region,
    principal,
    disksGiB: disksFor(image, visibility, policy),
    product: product ?? image.product,
    createdAt: now,
  };
  requireUsable(image, visibility, common.product);
  const instances = instanceIds.map((instanceId): Instance => ({ ...common, instanceId }));
  return {
    result: { instances, image, visibility },
    steps: [
      ...instances.map((instance): Step => ({ do: 'create-instance', instance })),
      { do: 'count', what: 'instances', region: key.region, principal, by: instances.length },
      { do: 'require-open', principal, kind: policy.principalKind },
    ],
  };
}

/** Returns the instance if it belongs to the principal. Throws InstanceNotFound. */
export function requireInstance(
  { region, instanceId }: InstanceKey,
  instance: Instance | undefined,
  principal: PrincipalId,
): Instance {
  if (instance?.principal !== principal) {
    throw new ActionError('InstanceNotFound', { detail: `Instance ${instanceId} doesn't exist in ${region}.` });
  }
  return instance;
}

/** Returns the status of an instance's image, which decides whether the instance can be reinitialized. */
export function imageStatusOf({ principal, product }: Instance, image: Image | undefined, now: Date): ImageStatus {
  const visibility = visibilityOf(image, principal, now);
  if (image === undefined || visibility === undefined) {
    return image === undefined || image.deletedAt !== undefined ? 'deleted' : 'not-shared';
  }
  return hasData(image) && whyNotUsable(image, visibility, product) !== undefined ? 'incompatible' : image.state;
}

/**
 * Returns why an instance can't be reinitialized from its image, if its principal can't see the image anymore. Rules
 * `cancel.instances-live`, `delete.instances-live`.
 */
export function whyNotReinitialized(instance: Instance, image: Image | undefined, now: Date): ActionError | undefined {
  const { instanceId, imageId } = instance;
  switch (imageStatusOf(instance, image, now)) {
    case 'deleted':
      return refusal(
        'delete.instances-live',
        `Instance ${instanceId} can't be reinitialized because image ${imageId} was deleted`,
      );
    case 'not-shared':
      return refusal(
        'cancel.instances-live',
        `Instance ${instanceId} can't be reinitialized because image ${imageId} is no longer shared with you`,
      );
    default:
      return undefined;
  }
}

/**
 * Plans to replace the system disk of an instance, from a different image or, to reinitialize it, from its current one. Data
 * disks stay. Throws ImageNotUsable, and ImageNotFound for a new image that the principal can't see. Rules `received.use`,
 * `cancel.instances-live`, `delete.instances-live`.
 */
export function planReinstall(
  imageId: ImageId,
  instance: Instance,
  { image: storedImage, now }: { image: Image | undefined; now: Date },
): Plan<LaunchResult> {
  const { region, principal } = instance;
  const error = imageId === instance.imageId ? whyNotReinitialized(instance, storedImage, now) : undefined;
  if (error !== undefined) {
    throw error;
  }
  const { image, visibility } = requireVisible({ region, imageId }, storedImage, principal, now);
  requireUsable(image, visibility, instance.product);
  const [systemGiB = 0] = image.disksGiB;
  const reinstalled: Instance = { ...instance, ...inheritedFrom(image), disksGiB: [systemGiB, ...instance.disksGiB.slice(1)] };
  return {
    result: { instances: [reinstalled], image, visibility },
    steps: [{ do: 'reinstall-instance', instance: reinstalled, madeFrom: instance.imageId }],
  };
}

/** Plans to terminate an instance. */
export const planTerminate = (instance: Instance): Plan<null> => ({
  result: null,
  steps: [
    { do: 'remove-instance', key: instance },
    { do: 'count', what: 'instances', region: instance.region, principal: instance.principal, by: -1 },
  ],
});

/**
 * Plans an image created from an instance. The principal of the instance owns it without restrictions, no matter who owns the
 * original image. Throws ImageQuotaExceeded. Rules `received.derive`, `quota.images`.
 */
export function planImageFromInstance(
  instance: Instance,
  details: { readonly name: string; readonly description: string; readonly tags: Tags },
  facts: { imageId: ImageId; policy: Policy; used: number; stamp: Stamp },
): Plan<Image> {
  const { region, principal, imageId: source, os, architecture, product, disksGiB, encryption } = instance;
  return planImage(
    { ...details, os, architecture, product, products: [product], disksGiB, encryption, state: 'pending' },
    { ...facts, action: 'CreateImageFromInstance', region, owner: principal, source: { region, imageId: source } },
  );
}
