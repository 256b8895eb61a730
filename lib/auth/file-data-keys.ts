import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import type { DataKeys } from './sealing.ts';

/** Stands where a wrapped key would: the key itself is in the file, and wrapped by nothing. */
const inFile = 'file';

const keyBytes = 32;

/** One data key, in a file that only this user may read. It is made when it is first needed. */
export function fileDataKeys(file: string): DataKeys {
  let known: Promise<Uint8Array> | undefined;
  const key = (): Promise<Uint8Array> => {
    known ??= keyIn(file).catch((failure: unknown) => {
      known = undefined;
      throw failure;
    });
    return known;
  };
  return {
    current: async () => ({ plain: await key(), wrapped: inFile }),
    async unwrap(wrapped) {
      if (wrapped !== inFile) {
        throw new Error(`The data key is not the one in ${file}: this access key was made where KMS_KEY_ID was set.`);
      }
      return key();
    },
  };
}

async function keyIn(file: string): Promise<Uint8Array> {
  const text = (await textOf(file)) ?? (await madeIn(file));
  const { key } = jsonIn(text) as { key?: unknown };
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64url') : Buffer.of();
  if (bytes.length !== keyBytes) {
    throw new Error(`${file} holds no data key of ${keyBytes} bytes. Secrets that were sealed with it are lost without it.`);
  }
  return bytes;
}

const jsonIn = (text: string): object => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw failure;
  }
}

/** Makes the file, unless another process is first. It is there whole or not at all. Gives what it holds then. */
async function madeIn(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify({ key: randomBytes(keyBytes).toString('base64url') }), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw failure;
    }
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}
