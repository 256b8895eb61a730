import { randomUUID } from 'node:crypto';
import { HttpClient, type HttpRequest } from '../load/http-client.ts';
import { operationNames as names } from '../load/operations.ts';
import type { Tally } from '../load/tally.ts';
import type { Call, Contender } from '../stats.ts';

/** A request to Glance, and the status that its response must have. */
interface GlanceRequest extends HttpRequest {
  readonly status: number;
}

const [owner, reader] = ['owner', 'reader'] as const;
const members = Array.from({ length: 50 }, (_, index) => `member-${index}`);
const [member] = members as [string];
const content = '0'.repeat(1024);

/** What the check of a token adds to a request of this tenant. */
const headersOf = (tenant: string) => ({
  ...{ 'x-identity-status': 'Confirmed', 'x-roles': 'member' },
  ...{ 'x-user-id': tenant, 'x-project-id': tenant },
});
const get = (path: string, tenant: string): GlanceRequest => ({ method: 'GET', path, headers: headersOf(tenant), status: 200 });
const post = (path: string, body: object, status: number): GlanceRequest => ({
  ...{ method: 'POST', path, headers: { ...headersOf(owner), 'content-type': 'application/json' } },
  ...{ body: JSON.stringify(body), status },
});
const remove = (path: string): GlanceRequest => ({ method: 'DELETE', path, headers: headersOf(owner), status: 204 });

const share = (id: string, recipient: string) => post(`/v2/images/${id}/members`, { member: recipient }, 200);
/** An image becomes active when its content is uploaded. */
const creation = (id: string): GlanceRequest[] => [
  post('/v2/images', { id, name: 'web-server-2026-11', container_format: 'bare', disk_format: 'raw' }, 201),
  {
    ...{
      method: 'PUT',
      path: `/v2/images/${id}/file`,
      headers: { ...headersOf(owner), 'content-type': 'application/octet-stream' },
    },
    ...{ body: content, status: 204 },
  },
];

/** What is measured in place of an operation of this service. */
interface Operation {
  /** Returns the images for this many calls. */
  readonly images: (glance: GlanceTarget, count: number) => Promise<string[]>;
  /** The requests of a call. */
  readonly requests: (id: string) => readonly GlanceRequest[];
}

const shared: Operation['images'] = async (glance, count) => Array<string>(count).fill(await glance.sharedImage());
const received = (limit: number): Operation => ({
  images: async (glance, count) => Array<string>(count).fill(await glance.receivedImages()),
  requests: () => [get(`/v2/images?visibility=shared&member_status=all&limit=${limit}`, reader)],
});
const getAsMember: Operation = { images: shared, requests: (id) => [get(`/v2/images/${id}`, member)] };

const operations: Readonly<Record<string, Operation>> = {
  [names.create]: { images: async (_, count) => newIds(count), requests: creation },
  [names.share]: { images: (glance, count) => glance.images(count), requests: (id) => [share(id, member)] },
  [names.listRecipients]: { images: shared, requests: (id) => [get(`/v2/images/${id}/members`, owner)] },
  [names.get]: getAsMember,
  [names.check]: getAsMember,
  [names.page100]: received(200),
  [names.page25]: received(25),
  [names.cancel]: {
    images: (glance, count) => glance.images(count, [member]),
    requests: (id) => [remove(`/v2/images/${id}/members/${member}`)],
  },
  // With three members, because Glance also deletes images that are shared.
  [names.delete]: {
    images: (glance, count) => glance.images(count, members.slice(0, 3)),
    requests: (id) => [remove(`/v2/images/${id}`)],
  },
};

/** How many calls of this service do what one of Glance does: its pages of received images have 200 for 100. */
export const callsOfGlance = (operation: string): number => (operation === names.page100 ? 2 : 1);

const newIds = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

/** One call to Glance for this many in a round of the other contenders, because each takes so much longer. */
const callsPerGlanceCall = 8;

/** Glance as a target of the load. */
export class GlanceTarget {
  readonly #client: HttpClient;
  readonly #tally: Tally;
  #shared: Promise<string> | undefined;
  #received: Promise<string> | undefined;

  constructor(origin: string, tally: Tally) {
    this.#client = new HttpClient(origin);
    this.#tally = tally;
  }

  /** Returns Glance as a contender in an operation, unless it has none that compares. */
  contenderOf(name: string): Contender | undefined {
    const { [name]: operation } = operations;
    return (
      operation && {
        prepare: async (count) => {
          const ids = await operation.images(this, Math.ceil(count / callsPerGlanceCall));
          return ids.map((id) => this.#callOf(name, operation.requests(id)));
        },
      }
    );
  }

  /** Creates images that are shared with these members, and returns their IDs. */
  async images(count: number, sharedWith: readonly string[] = []): Promise<string[]> {
    const ids = newIds(count);
    await Promise.all(
      ids.map((id) => this.#callOf('prepare', [...creation(id), ...sharedWith.map((recipient) => share(id, recipient))])()),
    );
    return ids;
  }

  /** Returns an image that is shared with 50 members, the same each time. */
  sharedImage(): Promise<string> {
    this.#shared ??= this.images(1, members).then(([id]) => id as string);
    return this.#shared;
  }

  /** Shares 200 images with the reader, if they aren't yet, and returns one of them. */
  receivedImages(): Promise<string> {
    this.#received ??= this.images(200, [reader]).then(([id]) => id as string);
    return this.#received;
  }

  #callOf(operation: string, requests: readonly GlanceRequest[]): Call {
    return async () => {
      for (const { status, ...request } of requests) {
        this.#tally.add('Glance', operation, await this.#client.send(request), status);
      }
    };
  }
}
