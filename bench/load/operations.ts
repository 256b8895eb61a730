import type { ImageId, PrincipalId } from '../../lib/model/ids.ts';
import { scopes } from '../../local/access-token.ts';
import { typicalImage } from '../costs/story.ts';
import type { HttpRequest } from './http-client.ts';
import { owners, reader, recipients, region, type Seed } from './seed.ts';

/** A request to the HTTP API, and the status that its response must have. */
export interface ApiRequest extends Pick<HttpRequest, 'method'> {
  /** Below /v1. */
  readonly path: string;
  readonly body?: unknown;
  readonly account: string;
  readonly scope: string;
  readonly status: number;
}

/** One kind of call that is measured. */
export interface Operation {
  readonly name: string;
  /** Returns different requests for one caller. Requests of several callers don't conflict. */
  readonly requests: (seed: Seed, count: number, owner: PrincipalId) => Promise<ApiRequest[]>;
}

const images = `/regions/${region}/images`;
const [recipient] = recipients as [PrincipalId];
const request = (method: HttpRequest['method'], path: string, account: string, status = 200, body?: unknown): ApiRequest => ({
  ...{ method, path, account, status, scope: scopes.tenant },
  ...(body !== undefined && { body }),
});

/** An operation with an image of its own for each request. */
const onNewImages = (
  name: string,
  sharedWith: readonly PrincipalId[],
  of: (imageId: ImageId, owner: PrincipalId) => ApiRequest,
) => ({
  name,
  requests: async (seed: Seed, count: number, owner: PrincipalId) =>
    (await seed.images(count, owner, sharedWith)).map((imageId) => of(imageId, owner)),
});

/** An operation that reads the same image each time, which is shared with 50 recipients. */
const onSharedImage = (name: string, of: (imageId: ImageId, owner: PrincipalId) => ApiRequest): Operation => {
  const shared = new WeakMap<Seed, Map<PrincipalId, ImageId>>();
  return {
    name,
    async requests(seed, count, owner) {
      const byOwner = shared.get(seed) ?? new Map<PrincipalId, ImageId>();
      shared.set(seed, byOwner);
      const imageId = byOwner.get(owner) ?? ((await seed.images(1, owner, recipients))[0] as ImageId);
      byOwner.set(owner, imageId);
      return Array<ApiRequest>(count).fill(of(imageId, owner));
    },
  };
};

/** An operation that lists a page of the same 200 received images. */
const onReceivedImages = (name: string, limit: number): Operation => {
  const received = new WeakMap<Seed, Promise<unknown>>();
  return {
    name,
    async requests(seed, count) {
      const created = received.get(seed) ?? seed.images(200, owners[0] as PrincipalId, [reader]);
      received.set(seed, created);
      await created;
      return Array<ApiRequest>(count).fill(request('GET', `${images}?scope=shared&limit=${limit}`, reader));
    },
  };
};

const sharing = { acknowledgeRisk: true };

/** How many calls one of this many callers makes in a round, in which only the last ones don't compete with all others. */
export function callsPerRound(operation: string, callers: number): number {
  const isLong = operation === operationNames.shareWith50 || operation === operationNames.page100;
  return callers === 1 ? (isLong ? 8 : 25) : isLong ? 4 : 16;
}

/** The names that other files refer to. */
export const operationNames = {
  create: 'create an image',
  share: 'share with one',
  shareWith50: 'share with 50 in one call',
  listRecipients: 'list 50 recipients',
  get: 'get as recipient',
  check: 'access check, 50 recipients',
  page100: 'received list, page of 100',
  page25: 'received list, page of 25',
  cancel: 'cancel one',
  delete: 'delete',
  refusedDelete: 'refused delete',
} as const;

export const operations: readonly Operation[] = [
  {
    name: operationNames.create,
    requests: async (_, count, owner) => Array<ApiRequest>(count).fill(request('POST', images, owner, 201, typicalImage)),
  },
  onNewImages(operationNames.share, [], (imageId, owner) =>
    request('POST', `${images}/${imageId}/shares`, owner, 200, { recipients: [recipient], ...sharing }),
  ),
  onNewImages(operationNames.shareWith50, [], (imageId, owner) =>
    request('POST', `${images}/${imageId}/shares`, owner, 200, { recipients, ...sharing }),
  ),
  onSharedImage(operationNames.listRecipients, (imageId, owner) => request('GET', `${images}/${imageId}/shares`, owner)),
  onSharedImage(operationNames.get, (imageId) => request('GET', `${images}/${imageId}`, recipient)),
  onSharedImage(operationNames.check, (imageId) => ({
    ...request('GET', `${images}/${imageId}/access?principal=${recipient}`, 'compute'),
    scope: scopes.compute,
  })),
  onReceivedImages(operationNames.page100, 100),
  onReceivedImages(operationNames.page25, 25),
  onNewImages(operationNames.cancel, [recipient], (imageId, owner) =>
    request('DELETE', `${images}/${imageId}/shares/${recipient}`, owner),
  ),
  onNewImages(operationNames.delete, [], (imageId, owner) => request('DELETE', `${images}/${imageId}`, owner, 204)),
  onNewImages(operationNames.refusedDelete, [recipient], (imageId, owner) =>
    request('DELETE', `${images}/${imageId}`, owner, 409),
  ),
];
