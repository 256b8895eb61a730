import type * as z from 'zod';
import type { HolderId, Region } from '../lib/model/ids.ts';
import { pageLimitMax } from '../lib/model/limits.ts';
import { type Served, serveRpc } from '../lib/sdk/dispatch.ts';
import { type Invocable, invoke } from '../lib/sdk/invoke.ts';
import { listedMax, type Manner, type Service } from '../lib/sdk/service.ts';
import { WireRefusal } from '../lib/sdk/wire.ts';
import { cancelImageShares } from './cancel-image-shares.ts';
import { changeImageShares } from './change-image-shares.ts';
import { copyImage } from './copy-image.ts';
import { createImageFromInstance } from './create-image-from-instance.ts';
import { deleteImage } from './delete-image.ts';
import { getAccount } from './get-account.ts';
import { getImage } from './get-image.ts';
import { getInstance } from './get-instance.ts';
import { importImage } from './import-image.ts';
import { listImageShares } from './list-image-shares.ts';
import { listImages } from './list-images.ts';
import { listInstances } from './list-instances.ts';
import { reinitialiseInstance } from './reinitialise-instance.ts';
import { reinstallInstance } from './reinstall-instance.ts';
import { runInstances } from './run-instance.ts';
import { saveSharedImage } from './save-shared-image.ts';
import { shareImage } from './share-image.ts';
import { terminateInstance } from './terminate-instance.ts';
import { updateImage } from './update-image.ts';

/** Our calls, made for one request in the region that it states. */
export function serviceFor(served: Served, manner: Manner = {}): Service {
  const { world, cloud, errors, invoking } = served;
  const regions = [...world.regions].flatMap(([region, policy]) => (policy === cloud.policy ? [region] : []));

  const regionNamed = (name: string): Region => {
    const region = regions.find((one) => one === name);
    if (region === undefined) {
      throw new WireRefusal(errors.unsupportedRegion(name));
    }
    return region;
  };

  const statedRegion = (): Region => {
    if (served.region === undefined || served.region === '') {
      throw new WireRefusal(errors.missingRegion);
    }
    return regionNamed(served.region);
  };

  const call = async <Answer extends z.ZodType>(action: Invocable<Answer>, fields: object): Promise<z.output<Answer>> => {
    const region = statedRegion();
    const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
    const { destinationRegion } = Object.fromEntries(stated);
    return invoke(action, { region, ...Object.fromEntries(stated) }, world, {
      ...invoking,
      isDryRun: action.changes && manner.isDryRun === true,
      key:
        manner.token === undefined || !action.changes
          ? undefined
          : [cloud.policy.name, action.name, region, destinationRegion, manner.token].join(' '),
    });
  };

  /** Reads a list page by page, to its end or the bound. */
  const all = async <Entry>(read: (page: object) => Promise<{ entries: readonly Entry[]; nextCursor?: string | undefined }>) => {
    const found: Entry[] = [];
    let cursor: string | undefined;
    for (let ids = 0; ids < listedMax; ids += pageLimitMax) {
      const { entries, nextCursor } = await read({ limit: String(pageLimitMax), cursor });
      found.push(...entries);
      if (nextCursor === undefined) {
        break;
      }
      cursor = nextCursor;
    }
    return found;
  };

  return {
    account: invoking.caller.account as HolderId,
    regions,
    regionNamed,
    get region() {
      return statedRegion();
    },
    in: (region) => serviceFor({ ...served, region }, manner),
    as: (other) => serviceFor(served, other),

    images: (scope) =>
      all(async (page) => {
        const { images, nextCursor } = await call(listImages, { scope, ...page });
        return { entries: images, nextCursor };
      }),
    image: (imageId) => call(getImage, { imageId }),
    importImage: (image) => call(importImage, image),
    updateImage: (imageId, edit) => call(updateImage, { imageId, ...edit }),
    deleteImage: async (imageId) => void (await call(deleteImage, { imageId })),
    copyImage: (imageId, copy) => call(copyImage, { imageId, ...copy }),
    saveImage: (imageId, save) => call(saveSharedImage, { imageId, ...save }),
    shares: (imageId) => call(listImageShares, { imageId }),
    async changeShares(imageId, { add, remove }) {
      if (remove.length === 0) {
        await call(shareImage, { imageId, recipients: add, acknowledgeRisk: true });
      } else if (add.length === 0) {
        await call(cancelImageShares, { imageId, recipient: remove });
      } else {
        await call(changeImageShares, { imageId, add, remove, acknowledgeRisk: true });
      }
    },

    instances: () =>
      all(async (page) => {
        const { instances, nextCursor } = await call(listInstances, page);
        return { entries: instances, nextCursor };
      }),
    instance: (instanceId) => call(getInstance, { instanceId }),
    runInstances: (launch) => call(runInstances, launch),
    reinstall: (instanceId, imageId) => call(reinstallInstance, { instanceId, imageId }),
    reinitialise: (instanceId) => call(reinitialiseInstance, { instanceId }),
    terminate: async (instanceId) => void (await call(terminateInstance, { instanceId })),
    imageOf: (instanceId, image) => call(createImageFromInstance, { instanceId, ...image }),

    accountOverview: () => invoke(getAccount, {}, world, invoking),
  };
}

/**
 * The front door for the clouds' own SDKs, which name their action in a header or a parameter: each action of theirs is
 * made of calls of ours.
 */
export const handler = serveRpc(serviceFor);
