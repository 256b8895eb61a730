import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import type { DataKeys } from './sealing.ts';

/** Is stored instead of a wrapped key, because the file contains the key itself. */
const wrappedMarker = 'file';

const keyBytes = 32;

/** A single data key in a file that only the current user can read. The file is created on first use. */
export function fileDataKeys(file: string): DataKeys {
  let cachedKey: Promise<Uint8Array> | undefined;
  const key = (): Promise<Uint8Array> => {
    cachedKey ??= readKey(file).catch((failure: unknown) => {
      cachedKey = undefined;
      throw failure;
    });
    return cachedKey;
  };
  return {
    current: async () => ({ plain: await key(), wrapped: wrappedMarker }),
    async unwrap(wrapped) {
      if (wrapped !== wrappedMarker) {
        throw new Error(`The data key isn't in ${file}. This access key was created while KMS_KEY_ID was set.`);
      }
      return key();
    },
  };
}

async function readKey(file: string): Promise<Uint8Array> {
  const text = (await readText(file)) ?? (await createFile(file));
  const { key } = parseObject(text) as { key?: unknown };
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64url') : Buffer.of();
  if (bytes.length !== keyBytes) {
    throw new Error(
      `${file} doesn't contain a data key of ${keyBytes} bytes. Restore the original file, or the secrets sealed with it are lost.`,
    );
  }
  return bytes;
}

const parseObject = (text: string): object => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw failure;
  }
}

/** Creates the file atomically, unless another process creates it first. Returns its content. */
async function createFile(file: string): Promise<string> {
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
