import type * as z from 'zod';
import type { Action } from '../app/action.ts';
import { type Call, contextOf } from '../app/context.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { fieldsOf } from '../http/parse.ts';
import type { PrincipalId, Region } from '../model/ids.ts';
import { pageLimitMax } from '../model/limits.ts';
import type { AccountView, ImageView, InstanceView, SharesView } from '../model/views.ts';
import type { Cloud } from './cloud.ts';
import { type CallOptions, listedMax, type Service } from './service.ts';
import { ProviderError, type WireErrors } from './wire.ts';

/** An action as this process calls it; what it returns is what its schema says. */
type Callable<Result> = Omit<Action<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType<Result>>, 'run'> & {
  run(request: never, context: never): Promise<unknown>;
};

type Page<Name extends string, Entry> = { readonly [Key in Name]: Entry[] } & { nextCursor?: string | undefined };

/** The actions of the HTTP API that the clouds' actions are made of. */
export interface SdkActions {
  readonly cancelImageShares: Callable<unknown>;
  readonly changeImageShares: Callable<unknown>;
  readonly copyImage: Callable<ImageView>;
  readonly createImageFromInstance: Callable<ImageView>;
  readonly deleteImage: Callable<unknown>;
  readonly getAccount: Callable<AccountView>;
  readonly getImage: Callable<ImageView>;
  readonly getInstance: Callable<InstanceView>;
  readonly importImage: Callable<ImageView>;
  readonly listImageShares: Callable<SharesView>;
  readonly listImages: Callable<Page<'images', ImageView>>;
  readonly listInstances: Callable<Page<'instances', InstanceView>>;
  readonly reinitializeInstance: Callable<InstanceView>;
  readonly reinstallInstance: Callable<InstanceView>;
  readonly runInstances: Callable<InstanceView[]>;
  readonly saveSharedImage: Callable<ImageView>;
  readonly shareImage: Callable<unknown>;
  readonly terminateInstance: Callable<unknown>;
  readonly updateImage: Callable<ImageView>;
}

/** What the actions of one request have in common. */
type CommonCall = Omit<Call, 'action' | 'idempotency'>;

/** A request whose signature was verified. */
export interface SdkCall {
  readonly dependencies: Dependencies;
  readonly cloud: Cloud;
  /** As the request states it. */
  readonly region: string | undefined;
  readonly common: CommonCall;
  /** The cloud's words for a region that is missing or not one of its own. */
  readonly errors: Pick<WireErrors, 'missingRegion' | 'unsupportedRegion'>;
}

/** Our calls, made for one request in the region that it states. */
export function serviceOf(actions: SdkActions, call: SdkCall, options: CallOptions = {}): Service {
  const { dependencies, cloud, errors, common } = call;
  const regions = [...dependencies.regions].flatMap(([region, policy]) => (policy === cloud.policy ? [region] : []));

  const regionNamed = (name: string): Region => {
    const region = regions.find((one) => one === name);
    if (region === undefined) {
      throw new ProviderError(errors.unsupportedRegion(name));
    }
    return region;
  };

  const statedRegion = (): Region => {
    if (call.region === undefined || call.region === '') {
      throw new ProviderError(errors.missingRegion);
    }
    return regionNamed(call.region);
  };

  const run = async <Result>(action: Callable<Result>, fields: object): Promise<Result> => {
    const region = statedRegion();
    const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
    const { destinationRegion } = Object.fromEntries(stated);
    return invoke(action, { region, ...Object.fromEntries(stated) }, dependencies, {
      ...common,
      isDryRun: action.changes && options.isDryRun === true,
      key:
        options.token === undefined || !action.changes
          ? undefined
          : [cloud.policy.name, action.name, region, destinationRegion, options.token].join(' '),
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
    account: common.caller.account as PrincipalId,
    regions,
    regionNamed,
    get region() {
      return statedRegion();
    },
    in: (region) => serviceOf(actions, { ...call, region }, options),
    as: (others) => serviceOf(actions, call, others),

    images: (scope) =>
      all(async (page) => {
        const { images, nextCursor } = await run(actions.listImages, { scope, ...page });
        return { entries: images, nextCursor };
      }),
    image: (imageId) => run(actions.getImage, { imageId }),
    importImage: (image) => run(actions.importImage, image),
    updateImage: (imageId, edit) => run(actions.updateImage, { imageId, ...edit }),
    deleteImage: async (imageId) => void (await run(actions.deleteImage, { imageId })),
    copyImage: (imageId, copy) => run(actions.copyImage, { imageId, ...copy }),
    saveImage: (imageId, save) => run(actions.saveSharedImage, { imageId, ...save }),
    shares: (imageId) => run(actions.listImageShares, { imageId }),
    async changeShares(imageId, { add, remove }) {
      if (remove.length === 0) {
        await run(actions.shareImage, { imageId, recipients: add, acknowledgeRisk: true });
      } else if (add.length === 0) {
        await run(actions.cancelImageShares, { imageId, recipient: remove });
      } else {
        await run(actions.changeImageShares, { imageId, add, remove, acknowledgeRisk: true });
      }
    },

    instances: () =>
      all(async (page) => {
        const { instances, nextCursor } = await run(actions.listInstances, page);
        return { entries: instances, nextCursor };
      }),
    instance: (instanceId) => run(actions.getInstance, { instanceId }),
    runInstances: (launch) => run(actions.runInstances, launch),
    reinstall: (instanceId, imageId) => run(actions.reinstallInstance, { instanceId, imageId }),
    reinitialize: (instanceId) => run(actions.reinitializeInstance, { instanceId }),
    terminate: async (instanceId) => void (await run(actions.terminateInstance, { instanceId })),
    imageOf: (instanceId, image) => run(actions.createImageFromInstance, { instanceId, ...image }),

    accountOverview: () => invoke(actions.getAccount, {}, dependencies, common),
  };
}

/** Calls an action, with its fields by name as the wire states them. Refuses with InvalidRequest and as it does. */
async function invoke<Result>(
  action: Callable<Result>,
  fields: Readonly<Record<string, unknown>>,
  dependencies: Dependencies,
  { key, ...call }: CommonCall & { readonly key?: string | undefined },
): Promise<Result> {
  const request = fieldsOf(action, fields);
  const context = contextOf(dependencies, {
    ...call,
    action: action.name,
    idempotency: key === undefined ? undefined : { key, request },
  });
  return (await action.run(request as never, context as never)) as Result;
}
