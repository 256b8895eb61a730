import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

const timeoutMs = 5_000;

/** After this time, the keys are read again. Together with `verificationMs`, a removed key is accepted for ten minutes at most. */
const keysMs = 5 * 60_000;

/** Tokens that are signed by unknown keys make them be read again at most this often. */
const cooldownMs = 30_000;

interface ReadKeys {
  readonly find: JWTVerifyGetKey;
  readonly at: number;
}

/**
 * Returns the function with which jose finds the key of a token. The keys are read when the first token needs them. jose has such a
 * function too, but it uses `fetch`, and loading that takes a tenth of the time to the first response of a new process. Rejects with
 * any error if the keys can't be read.
 */
export function issuerKeys(findUri: () => Promise<URL>, now: () => number = Date.now): JWTVerifyGetKey {
  let known: ReadKeys | undefined;
  let reading: Promise<ReadKeys> | undefined;
  const read = () => {
    reading ??= (async () => {
      known = { find: createLocalJWKSet((await readJson(await findUri())) as JSONWebKeySet), at: now() };
      return known;
    })().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return async (header, token) => {
    const keys = known !== undefined && now() < known.at + keysMs ? known : await read();
    try {
      return await keys.find(header, token);
    } catch (failure) {
      if (failure instanceof errors.JWKSNoMatchingKey && now() >= keys.at + cooldownMs) {
        return (await read()).find(header, token);
      }
      throw failure;
    }
  };
}

/** Finds the URL of the keys in the issuer's discovery document (OpenID Connect Discovery, section 4). */
export async function discoverKeys(issuer: string): Promise<URL> {
  const uri = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  return new URL(((await readJson(uri)) as { jwks_uri: string }).jwks_uri);
}

async function readJson(uri: URL): Promise<unknown> {
  if (uri.protocol === 'data:') {
    // Keys that are part of the configuration.
    return (await fetch(uri)).json();
  }
  const { get } = await (uri.protocol === 'http:' ? import('node:http') : import('node:https'));
  const request = get(uri, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeoutMs) });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // From here on, reading the response throws what goes wrong.
  request.on('error', () => {});
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += part;
  }
  if (response.statusCode !== 200) {
    throw new Error(`${uri} responded with status ${response.statusCode}`);
  }
  return JSON.parse(text);
}
