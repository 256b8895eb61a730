import type * as z from 'zod';
import type { Action } from '../app/action.ts';
import { type Call, contextOf } from '../app/context.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { readImagesById } from '../app/images-by-id.ts';
import { readNumberedImages } from '../app/numbered-images.ts';
import { fieldsOf } from '../http/parse.ts';
import type { PrincipalId, Region } from '../model/ids.ts';
import { pageLimitMax } from '../model/limits.ts';
import type { AccountView } from '../model/views/account.ts';
import type { ImageView } from '../model/views/image.ts';
import type { InstanceView } from '../model/views/instance.ts';
import type { SharesView } from '../model/views/share.ts';
import type { Cloud } from './cloud.ts';
import { type CallOptions, listEntriesMax, type Service } from './service.ts';
import { ProviderError, type WireErrors } from './wire.ts';

/** An action that is called in this process. Its result matches its response schema. */
type Callable<Result> = Omit<Action<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType<Result>>, 'run'> & {
  run(request: never, context: never): Promise<unknown>;
};

type Page<Name extends string, Entry> = { readonly [Key in Name]: Entry[] } & { nextCursor?: string | undefined };

/** The HTTP API actions that the clouds' actions call. */
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

/** The part of the call that all actions of one request share. */
type BaseCall = Omit<Call, 'action' | 'idempotency'>;

/** A request whose signature was verified. */
export interface SdkCall {
  readonly dependencies: Dependencies;
  readonly cloud: Cloud;
  /** The host that the request was sent to. */
  readonly host: string;
  /** From the request, not validated. */
  readonly region: string | undefined;
  readonly baseCall: BaseCall;
  /** The cloud's errors for a region that is missing or belongs to another cloud. */
  readonly errors: Pick<WireErrors, 'missingRegion' | 'unsupportedRegion'>;
}

/** Returns the service for one request, in the region of that request. */
export function serviceOf(actions: SdkActions, call: SdkCall, options: CallOptions = {}): Service {
  const { dependencies, cloud, errors, baseCall } = call;
  const regions = [...dependencies.regions].flatMap(([region, policy]) => (policy === cloud.policy ? [region] : []));

  const requireRegion = (name: string): Region => {
    const region = regions.find((candidate) => candidate === name);
    if (region === undefined) {
      throw new ProviderError(errors.unsupportedRegion(name));
    }
    return region;
  };

  const requestRegion = (): Region => {
    if (call.region === undefined) {
      throw new ProviderError(errors.missingRegion);
    }
    return requireRegion(call.region);
  };

  const run = async <Result>(action: Callable<Result>, fields: object): Promise<Result> => {
    const region = requestRegion();
    const definedFields = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    return invoke(action, { region, ...definedFields }, dependencies, {
      ...baseCall,
      isDryRun: action.changes && options.isDryRun === true,
      revisionsSeen: action.acceptsIfMatch && options.revision !== undefined ? [options.revision] : undefined,
      key:
        options.token === undefined || !action.changes
          ? undefined
          : [cloud.policy.name, action.name, region, options.token].join(' '),
    });
  };

  /** Reads a list page by page, until its end or `listEntriesMax`. */
  const listAll = async <Entry>(
    readPage: (page: object) => Promise<{ entries: readonly Entry[]; nextCursor?: string | undefined }>,
  ) => {
    const all: Entry[] = [];
    let cursor: string | undefined;
    for (let read = 0; read < listEntriesMax; read += pageLimitMax) {
      const { entries, nextCursor } = await readPage({ limit: String(pageLimitMax), cursor });
      all.push(...entries);
      if (nextCursor === undefined) {
        break;
      }
      cursor = nextCursor;
    }
    return all;
  };

  return {
    account: baseCall.caller.account as PrincipalId,
    host: call.host,
    regions,
    requireRegion,
    get region() {
      return requestRegion();
    },
    inRegion: (region) => serviceOf(actions, { ...call, region }, options),
    withOptions: (newOptions) => serviceOf(actions, call, { ...options, ...newOptions }),

    listImages: (scope) =>
      listAll(async (page) => {
        const { images, nextCursor } = await run(actions.listImages, { scope, ...page });
        return { entries: images, nextCursor };
      }),
    numberedImages: (scope, toCount, page) =>
      readNumberedImages(
        { region: requestRegion(), scope, toCount, page },
        contextOf(dependencies, { ...baseCall, action: actions.listImages.name }),
      ),
    getImage: (imageId) => run(actions.getImage, { imageId }),
    findImages: (imageIds) =>
      readImagesById(
        { region: requestRegion(), imageIds },
        contextOf(dependencies, { ...baseCall, action: actions.getImage.name }),
      ),
    importImage: (image) => run(actions.importImage, image),
    updateImage: (imageId, changes) => run(actions.updateImage, { imageId, ...changes }),
    deleteImage: async (imageId) => void (await run(actions.deleteImage, { imageId })),
    copyImage: (imageId, copy) => run(actions.copyImage, { imageId, ...copy }),
    saveSharedImage: (imageId, details) => run(actions.saveSharedImage, { imageId, ...details }),
    listShares: (imageId) => run(actions.listImageShares, { imageId }),
    async changeShares(imageId, { add, remove }) {
      if (remove.length === 0) {
        await run(actions.shareImage, { imageId, recipients: add, acknowledgeRisk: true });
      } else if (add.length === 0) {
        await run(actions.cancelImageShares, { imageId, recipient: remove });
      } else {
        await run(actions.changeImageShares, { imageId, add, remove, acknowledgeRisk: true });
      }
    },

    listInstances: () =>
      listAll(async (page) => {
        const { instances, nextCursor } = await run(actions.listInstances, page);
        return { entries: instances, nextCursor };
      }),
    getInstance: (instanceId) => run(actions.getInstance, { instanceId }),
    runInstances: (launch) => run(actions.runInstances, launch),
    reinstallInstance: (instanceId, imageId) => run(actions.reinstallInstance, { instanceId, imageId }),
    reinitializeInstance: (instanceId) => run(actions.reinitializeInstance, { instanceId }),
    terminateInstance: async (instanceId) => void (await run(actions.terminateInstance, { instanceId })),
    createImage: (instanceId, image) => run(actions.createImageFromInstance, { instanceId, ...image }),

    getAccount: () => invoke(actions.getAccount, {}, dependencies, baseCall),
  };
}

/** Runs an action with unparsed fields. Throws InvalidRequest, or the action's own errors. */
async function invoke<Result>(
  action: Callable<Result>,
  fields: Readonly<Record<string, unknown>>,
  dependencies: Dependencies,
  { key, ...call }: BaseCall & { readonly key?: string | undefined },
): Promise<Result> {
  const request = fieldsOf(action, fields);
  const context = contextOf(dependencies, {
    ...call,
    action: action.name,
    idempotency: key === undefined ? undefined : { key, request },
  });
  return (await action.run(request as never, context as never)) as Result;
}
