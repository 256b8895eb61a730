import { ActionError } from '../model/error.ts';
import type { ImageId, ImageKey, InstanceId, InstanceKey, PrincipalId } from '../model/ids.ts';
import type { Image, Product, Tags } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { disksFor, hasData } from './images.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';
import { requireVisible, type Visibility, visibilityOf } from './visibility.ts';

/**
 * Why no instance of a product can be made from an image that its principal sees, or undefined when one can. Rules
 * `received.use`, `owner.still-uses`, `share.cross-product`.
 */
export function whyNotUsable(image: Image, visibility: Visibility, product: Product = image.product): ActionError | undefined {
  if (!hasData(image)) {
    return refusal(
      visibility === 'owned' ? 'owner.still-uses' : 'received.use',
      `Image ${image.imageId} isn't available (state: ${image.state})`,
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
  const why = whyNotUsable(image, visibility, product);
  if (why !== undefined) {
    throw why;
  }
}

/** What an instance takes over from the image that its system disk is made from. */
const madeFrom = ({ imageId, os, architecture, encryption }: Image) => ({ imageId, os, architecture, encryption });

/** Instances made by one call, with how their principal sees the image that they were made from. */
export interface LaunchResult {
  readonly instances: readonly Instance[];
  readonly visibility: Visibility;
}

/**
 * Plans instances made from an image: an own, a shared or a public one. All of them are made or none. Refuses with
 * ImageNotFound and ImageNotUsable. Rules `received.use`, `owner.still-uses`, `share.cross-product`.
 */
export function planLaunch(
  { key, instanceIds, product }: { key: ImageKey; instanceIds: readonly InstanceId[]; product: Product | undefined },
  { image: found, principal, policy, now }: { image: Image | undefined; principal: PrincipalId; policy: Policy; now: Date },
): Plan<LaunchResult> {
  const { image, visibility } = requireVisible(key, found, principal, now);
  const common = {
    ...madeFrom(image),
    region: key.region,
    principal,
    disksGiB: disksFor(image, visibility, policy),
    product: product ?? image.product,
    createdAt: now,
  };
  requireUsable(image, visibility, common.product);
  const instances = instanceIds.map((instanceId): Instance => ({ ...common, instanceId }));
  return {
    result: { instances, visibility },
    steps: [
      ...instances.map((instance): Step => ({ do: 'create-instance', instance })),
      { do: 'count', what: 'instances', region: key.region, principal, by: instances.length },
      { do: 'require-open', principal, kind: policy.principalKind },
    ],
  };
}

/** The instance, if it is the principal's. Refuses with InstanceNotFound. */
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

/**
 * Plans to make an instance's system disk anew, from another image or, reinitializing it, from the one that it was made from.
 * Its data disks stay. Refuses with ImageNotUsable, and with ImageNotFound for an image that its principal never saw.
 * Rules `received.use`, `cancel.instances-live`, `delete.instances-live`.
 */
export function planReinstall(
  imageId: ImageId,
  instance: Instance,
  { image: found, now }: { image: Image | undefined; now: Date },
): Plan<LaunchResult> {
  const { region, principal } = instance;
  if (imageId === instance.imageId && visibilityOf(found, principal, now) === undefined) {
    throw found === undefined || found.deletedAt !== undefined
      ? refusal(
          'delete.instances-live',
          `Instance ${instance.instanceId} can't be reinitialized because image ${imageId} was deleted`,
        )
      : refusal(
          'cancel.instances-live',
          `Instance ${instance.instanceId} can't be reinitialized because image ${imageId} is no longer shared with you`,
        );
  }
  const { image, visibility } = requireVisible({ region, imageId }, found, principal, now);
  requireUsable(image, visibility, instance.product);
  const [systemGiB = 0] = image.disksGiB;
  const remade: Instance = { ...instance, ...madeFrom(image), disksGiB: [systemGiB, ...instance.disksGiB.slice(1)] };
  return {
    result: { instances: [remade], visibility },
    steps: [{ do: 'reinstall-instance', instance: remade, madeFrom: instance.imageId }],
  };
}

/** Plans the end of an instance. */
export const planTerminate = (instance: Instance): Plan<null> => ({
  result: null,
  steps: [
    { do: 'remove-instance', key: instance },
    { do: 'count', what: 'instances', region: instance.region, principal: instance.principal, by: -1 },
  ],
});

/**
 * Plans an image of an instance, whoever owns the image that the instance was made from. It is the principal's own in every
 * respect. Refuses with ImageQuotaExceeded. Rules `received.derive`, `quota.images`.
 */
export function planImageOf(
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
