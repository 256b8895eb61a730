import { ActionError } from '../model/error.ts';
import type { HolderId, ImageId, ImageKey, InstanceId, InstanceKey } from '../model/ids.ts';
import type { Image, Labels, Product } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { disksFor, hasData } from './images.ts';
import { planImage } from './make-image.ts';
import { refusal } from './rule.ts';
import { requireVisible, type Visibility, visibilityOf } from './visibility.ts';

/**
 * Why no server of a product can be made from an image that its holder sees, or undefined when one can. Rules
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

/** What a server takes over from the image that its system disk is made from. */
const madeFrom = ({ imageId, os, architecture, encryption }: Image) => ({ imageId, os, architecture, encryption });

/** Servers made by one call, with how their holder sees the image that they were made from. */
export interface Made {
  readonly instances: readonly Instance[];
  readonly visibility: Visibility;
}

/**
 * Plans servers made from an image: an own, a shared or a public one. All of them are made or none. Refuses with
 * ImageNotFound and ImageNotUsable. Rules `received.use`, `owner.still-uses`, `share.cross-product`.
 */
export function planLaunch(
  { key, instanceIds, product }: { key: ImageKey; instanceIds: readonly InstanceId[]; product: Product | undefined },
  { image: found, holder, policy, now }: { image: Image | undefined; holder: HolderId; policy: Policy; now: Date },
): Plan<Made> {
  const { image, visibility } = requireVisible(key, found, holder, now);
  const server = {
    ...madeFrom(image),
    region: key.region,
    holder,
    disksGiB: disksFor(image, visibility, policy),
    product: product ?? image.product,
    createdAt: now,
  };
  requireUsable(image, visibility, server.product);
  const instances = instanceIds.map((instanceId): Instance => ({ ...server, instanceId }));
  return {
    answer: { instances, visibility },
    steps: [
      ...instances.map((instance): Step => ({ do: 'create-instance', instance })),
      { do: 'count', what: 'instances', region: key.region, holder, by: instances.length },
      { do: 'require-open', holder, kind: policy.holderKind },
    ],
  };
}

/** The server, if it is the holder's. Refuses with InstanceNotFound. */
export function requireInstance({ region, instanceId }: InstanceKey, instance: Instance | undefined, holder: HolderId): Instance {
  if (instance?.holder !== holder) {
    throw new ActionError('InstanceNotFound', { detail: `Instance ${instanceId} doesn't exist in ${region}.` });
  }
  return instance;
}

/**
 * Plans to make a server's system disk anew, from another image or, re-initialising it, from the one that it was made from.
 * Its data disks stay. Refuses with ImageNotUsable, and with ImageNotFound for an image that its holder never saw.
 * Rules `received.use`, `cancel.instances-live`, `delete.instances-live`.
 */
export function planReinstall(
  imageId: ImageId,
  instance: Instance,
  { image: found, now }: { image: Image | undefined; now: Date },
): Plan<Made> {
  const { region, holder } = instance;
  if (imageId === instance.imageId && visibilityOf(found, holder, now) === undefined) {
    throw found === undefined || found.endedAt !== undefined
      ? refusal(
          'delete.instances-live',
          `Instance ${instance.instanceId} can't be reinitialized because image ${imageId} was deleted`,
        )
      : refusal(
          'cancel.instances-live',
          `Instance ${instance.instanceId} can't be reinitialized because image ${imageId} is no longer shared with you`,
        );
  }
  const { image, visibility } = requireVisible({ region, imageId }, found, holder, now);
  requireUsable(image, visibility, instance.product);
  const [systemGiB = 0] = image.disksGiB;
  const remade: Instance = { ...instance, ...madeFrom(image), disksGiB: [systemGiB, ...instance.disksGiB.slice(1)] };
  return {
    answer: { instances: [remade], visibility },
    steps: [{ do: 'remake-instance', instance: remade, madeFrom: instance.imageId }],
  };
}

/** Plans the end of a server. */
export const planTerminate = (instance: Instance): Plan<null> => ({
  answer: null,
  steps: [
    { do: 'remove-instance', key: instance },
    { do: 'count', what: 'instances', region: instance.region, holder: instance.holder, by: -1 },
  ],
});

/**
 * Plans an image of a server, whoever owns the image that the server was made from. It is the holder's own in every
 * respect. Refuses with ImageQuotaExceeded. Rules `received.derive`, `quota.images`.
 */
export function planImageOf(
  instance: Instance,
  details: { readonly name: string; readonly description: string; readonly labels: Labels },
  facts: { imageId: ImageId; policy: Policy; used: number; stamp: Stamp },
): Plan<Image> {
  const { region, holder, imageId: source, os, architecture, product, disksGiB, encryption } = instance;
  return planImage(
    { ...details, os, architecture, product, products: [product], disksGiB, encryption, state: 'pending' },
    { ...facts, action: 'CreateImageFromInstance', region, owner: holder, source: { region, imageId: source } },
  );
}
