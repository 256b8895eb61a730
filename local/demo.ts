import { accessToken, scopes } from './access-token.ts';
import { demoAccounts } from './demo-accounts.ts';

const [acme, globex] = demoAccounts;

interface Region {
  readonly region: string;
  readonly policy: string;
  readonly principalKind: 'account' | 'project';
}

interface DemoData {
  /** The first region of the service. */
  readonly region: string;
  /** The IDs of the requests that added something. The events of these changes have the same IDs. */
  readonly requestIds: ReadonlySet<string>;
}

/**
 * Adds missing demo data through the API: accounts, projects, and images in the first region of each policy. If one of the
 * accounts or projects was closed, it stays closed and no images are added.
 */
export async function ensureDemoData(origin: string, issuer: string): Promise<DemoData> {
  const requestIds = new Set<string>();
  const clientFor = async (account: string, scope?: string) =>
    new Client(origin, await accessToken(issuer, { account, scope }), requestIds);
  const operator = await clientFor('operator', scopes.operator);
  const { regions } = await operator.get<{ regions: Region[] }>('/regions');
  const [first] = regions;
  if (first === undefined) {
    throw new Error('Demo data: no regions are configured.');
  }
  if (await ensureAccounts(operator)) {
    const owners = { acme: await clientFor(acme.accountId), globex: await clientFor(globex.accountId) };
    const firstOfEachPolicy = regions.filter(
      ({ policy }, index) => regions.findIndex((region) => region.policy === policy) === index,
    );
    for (const region of firstOfEachPolicy) {
      await ensureImages(region, owners);
    }
  }
  return { region: first.region, requestIds };
}

/** Registers missing accounts and projects. Returns whether all of them are open. */
async function ensureAccounts(operator: Client): Promise<boolean> {
  const states: string[] = [];
  const ensure = async (path: string, name: string) => {
    const { state } = (await operator.find<{ state: string }>(path)) ?? (await operator.send('PUT', path, { name }));
    states.push(state ?? 'open');
  };
  for (const { accountId, name, projects } of demoAccounts) {
    await ensure(`/accounts/${accountId}`, name);
    for (const [index, project] of projects.entries()) {
      await ensure(`/accounts/${accountId}/projects/${project}`, `${name} ${['production', 'research'][index]}`);
    }
  }
  return states.every((state) => state === 'open');
}

/** Acme's image is created last, so if Acme already has an image in the region, the region is complete. */
async function ensureImages({ region, principalKind }: Region, owners: { acme: Client; globex: Client }): Promise<void> {
  const images = `/regions/${region}/images`;
  const { quotas } = await owners.acme.get<{ quotas: { region: string; used: number }[] }>('/account');
  if (quotas.some((quota) => quota.region === region && quota.used > 0)) {
    return;
  }
  const name = 'analytics-node';
  const { imageId } =
    (await findOwnImage(owners.globex, images, name)) ??
    (await owners.globex.send('POST', images, {
      name,
      description: 'Jupyter and friends',
      sizeGiB: 40,
      os: 'Ubuntu 24.04',
    }));
  await owners.globex.send('POST', `${images}/${imageId}/shares`, {
    recipients: [principalKind === 'account' ? acme.accountId : acme.projects[0]],
    acknowledgeRisk: true,
  });
  await owners.acme.send('POST', images, {
    name: 'web-base',
    description: 'Debian 12 with nginx',
    sizeGiB: 20,
    os: 'Debian 12',
    tags: { role: 'web', release: '2026.11' },
  });
}

interface ImagePage {
  readonly images: readonly { readonly imageId: string; readonly name: string }[];
  readonly nextCursor?: string;
}

async function findOwnImage(owner: Client, images: string, name: string): Promise<{ imageId?: string } | undefined> {
  const query = new URLSearchParams({ scope: 'owned', name });
  for (;;) {
    const page = await owner.get<ImagePage>(`${images}?${query}`);
    const match = page.images.find((image) => image.name === name);
    if (match !== undefined || page.nextCursor === undefined) {
      return match;
    }
    query.set('cursor', page.nextCursor);
  }
}

/** Calls the API with one access token. Throws an error with the API's message if a call fails. */
class Client {
  readonly #origin: string;
  readonly #token: string;
  readonly #changes: Set<string>;

  /** Adds the request ID of every change to `changes`. */
  constructor(origin: string, token: string, changes: Set<string>) {
    this.#origin = origin;
    this.#token = token;
    this.#changes = changes;
  }

  async get<Content>(path: string): Promise<Content> {
    return contentOf(`GET ${path}`, await this.#fetch('GET', path));
  }

  /** Like `get`, but returns undefined if the response is 404. */
  async find<Content>(path: string): Promise<Content | undefined> {
    const response = await this.#fetch('GET', path);
    return response.status === 404 ? undefined : contentOf(`GET ${path}`, response);
  }

  async send(method: string, path: string, body: unknown): Promise<{ state?: string; imageId?: string }> {
    const response = await this.#fetch(method, path, body);
    this.#changes.add(response.headers.get('x-request-id') ?? '');
    return contentOf(`${method} ${path}`, response);
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#origin}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

async function contentOf<Content>(call: string, response: Response): Promise<Content> {
  const content = (await response.json()) as Content & { detail?: string };
  if (!response.ok) {
    throw new Error(`Demo data: ${call} failed: ${content.detail}`);
  }
  return content;
}
