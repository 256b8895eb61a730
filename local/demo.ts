import { demoAccounts } from './demo-accounts.ts';
import { accessToken, scopes } from './issuer.ts';

const [acme, globex] = demoAccounts;

interface DemoRegion {
  readonly region: string;
  readonly policy: string;
  readonly principalKind: 'account' | 'project';
}

/**
 * Puts in through the API what is missing of the demo data: accounts, projects, and images in the first region of each
 * policy. What was closed stays so, and then nothing else is put in. Gives the first region.
 */
export async function ensureDemoData(origin: string, issuer: string): Promise<DemoRegion> {
  const operator = new Client(origin, await accessToken(issuer, { account: 'operator', scope: scopes.operator }));
  const { regions } = await operator.get<{ regions: DemoRegion[] }>('/regions');
  const [first] = regions;
  if (first === undefined) {
    throw new Error('Demo data: there is no region.');
  }
  if (await areAccountsOpen(operator)) {
    const owners = {
      acme: new Client(origin, await accessToken(issuer, { account: acme.accountId })),
      globex: new Client(origin, await accessToken(issuer, { account: globex.accountId })),
    };
    for (const place of regions.filter(({ policy }, at) => regions.findIndex((one) => one.policy === policy) === at)) {
      await ensureImages(place, owners);
    }
  }
  return first;
}

/** Makes accounts and projects known that are not, and says whether all of them are open. */
async function areAccountsOpen(operator: Client): Promise<boolean> {
  const states: string[] = [];
  const ensure = async (path: string, name: string) => {
    const { state } = (await operator.find<{ state: string }>(path)) ?? (await operator.send('PUT', path, { name }));
    states.push(state ?? 'open');
  };
  for (const { accountId, name, projects } of demoAccounts) {
    await ensure(`/accounts/${accountId}`, name);
    for (const [at, project] of projects.entries()) {
      await ensure(`/accounts/${accountId}/projects/${project}`, `${name} ${['production', 'research'][at]}`);
    }
  }
  return states.every((state) => state === 'open');
}

/** Acme's image is the last thing made in a region: while Acme has one there, nothing is missing. */
async function ensureImages({ region, principalKind }: DemoRegion, owners: { acme: Client; globex: Client }): Promise<void> {
  const images = `/regions/${region}/images`;
  const { quotas } = await owners.acme.get<{ quotas: { region: string; used: number }[] }>('/account');
  if (quotas.some((quota) => quota.region === region && quota.used > 0)) {
    return;
  }
  const name = 'analytics-node';
  const { imageId } =
    (await ownImage(owners.globex, images, name)) ??
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

async function ownImage(owner: Client, images: string, name: string): Promise<{ imageId?: string } | undefined> {
  const query = new URLSearchParams({ scope: 'owned', name });
  for (;;) {
    const page = await owner.get<ImagePage>(`${images}?${query}`);
    const found = page.images.find((image) => image.name === name);
    if (found !== undefined || page.nextCursor === undefined) {
      return found;
    }
    query.set('cursor', page.nextCursor);
  }
}

/** Calls the API with one access token. Throws what the API says when it refuses. */
class Client {
  readonly #origin: string;
  readonly #token: string;

  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  async get<Found>(path: string): Promise<Found> {
    return contentOf(`GET ${path}`, await this.#fetch('GET', path));
  }

  /** The same, with undefined where there is no such thing. */
  async find<Found>(path: string): Promise<Found | undefined> {
    const answer = await this.#fetch('GET', path);
    return answer.status === 404 ? undefined : contentOf(`GET ${path}`, answer);
  }

  async send(method: string, path: string, body: unknown): Promise<{ state?: string; imageId?: string }> {
    return contentOf(`${method} ${path}`, await this.#fetch(method, path, body));
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#origin}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

async function contentOf<Content>(call: string, answer: Response): Promise<Content> {
  const content = (await answer.json()) as Content & { detail?: string };
  if (!answer.ok) {
    throw new Error(`Demo data: ${call} was refused: ${content.detail}`);
  }
  return content;
}
