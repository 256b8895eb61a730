/** An `npm start` of the clients' own, and its HTTP API, by which is checked what they did. */
import { once } from 'node:events';
import { accessToken, scopes } from '../../local/access-token.ts';
import { demoAccounts } from '../../local/demo-accounts.ts';
import { freePortPair, loopback } from '../../local/ports.ts';
import { end, start } from './programs.ts';

/** Its images are what the clients work with. */
const [acme] = demoAccounts;

/** Whom they share with. */
export const recipients = demoAccounts.slice(1).map(({ accountId }) => accountId);

export interface Key {
  readonly keyId: string;
  readonly secret: string;
}

export interface Image {
  readonly imageId: string;
  readonly name: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
}

const makesImage: ReadonlySet<string> = new Set(['ImportImage', 'CopyImage', 'CreateImageFromInstance', 'SaveSharedImage']);

export class OwnService {
  readonly port: number;
  readonly #child: ReturnType<typeof start>;
  #token = '';

  private constructor(port: number, child: ReturnType<typeof start>) {
    this.port = port;
    this.#child = child;
  }

  static async start(folder: string): Promise<OwnService> {
    const port = await freePortPair();
    const project = new URL('../..', import.meta.url).pathname;
    const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, PORT: String(port), DATA_DIR: `${folder}/data` };
    const child = start(process.execPath, ['local/start.ts'], { ...environment, STAND_INS: 'packer' }, project);
    const service = new OwnService(port, child);
    let output = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Image sharing is running')) {
          resolve();
        }
      });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await Promise.race([
      ready,
      once(child, 'close').then(() => Promise.reject(new Error(`npm start did not start:\n${output}`))),
    ]);
    service.#token = await accessToken(`http://${loopback}:${port + 1}`, { account: acme.accountId, scope: scopes.tenant });
    return service;
  }

  async stop(): Promise<void> {
    const closed = once(this.#child, 'close');
    end(this.#child);
    await closed;
  }

  /** Calls the HTTP API as the owner. Throws what it says when it refuses. */
  async call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await fetch(`http://${loopback}:${this.port}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }

  newKey = (): Promise<Key> => this.call('POST', '/account/access-keys');

  async newImage(region: string, name: string): Promise<string> {
    const image = { name, sizeGiB: 20, os: 'Debian 12' };
    return (await this.call<Image>('POST', `/regions/${region}/images`, image)).imageId;
  }

  /** The owner's images of exactly this name. */
  async images(region: string, name: string): Promise<Image[]> {
    const query = new URLSearchParams({ scope: 'owned', name, limit: '100' });
    const { images } = await this.call<{ images: Image[] }>('GET', `/regions/${region}/images?${query}`);
    return images.filter((image) => image.name === name);
  }

  async recipients(region: string, imageId: string): Promise<string[]> {
    const { shares } = await this.call<{ shares: { recipient: string }[] }>('GET', `/regions/${region}/images/${imageId}/shares`);
    return shares.map(({ recipient }) => recipient).sort();
  }

  async instances(region: string): Promise<number> {
    const { instances } = await this.call<{ instances: unknown[] }>('GET', `/regions/${region}/instances`);
    return instances.length;
  }

  /** IDs of the images that the owner made since then, in the order in which they were made. */
  async madeSince(from: string): Promise<string[]> {
    const query = new URLSearchParams({ from, limit: '100' });
    const { records } = await this.call<{ records: { action: string; imageId: string }[] }>('GET', `/records?${query}`);
    return records
      .filter(({ action }) => makesImage.has(action))
      .map(({ imageId }) => imageId)
      .reverse();
  }
}
