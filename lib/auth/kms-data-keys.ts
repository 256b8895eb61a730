import {
  DecryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { ActionError } from '../model/error.ts';
import type { DataKey, DataKeys } from './sealing.ts';

/** How long a data key is cached. */
const cacheMs = 300_000;

/** The KMS encryption context of data keys. KMS requires it again to unwrap a key, and CloudTrail shows it. */
const encryptionContext = { service: 'image-share', purpose: 'access-keys' };

interface KmsSettings {
  readonly client: Pick<KMSClient, 'send'>;
  /** ID, ARN, or alias of the key that wraps data keys. */
  readonly keyId: string;
  readonly now: () => Date;
}

/** Creates data keys that are wrapped by a key in AWS KMS. */
export function kmsDataKeys({ client, keyId, now }: KmsSettings): DataKeys {
  const currentKeyCache = createCache<DataKey>(now);
  const unwrappedKeyCache = createCache<Uint8Array>(now);

  const generate = async (): Promise<DataKey> => {
    const { Plaintext, CiphertextBlob } = await callKms(() =>
      client.send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: encryptionContext })),
    );
    return { plain: requireBytes(Plaintext), wrapped: Buffer.from(requireBytes(CiphertextBlob)).toString('base64url') };
  };

  const decrypt = async (wrapped: string): Promise<Uint8Array> => {
    const { Plaintext } = await callKms(() =>
      client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(wrapped, 'base64url'),
          EncryptionContext: encryptionContext,
        }),
      ),
    );
    return requireBytes(Plaintext);
  };

  return {
    current: () => currentKeyCache.get(keyId, generate),
    unwrap: (wrapped) => unwrappedKeyCache.get(wrapped, () => decrypt(wrapped)),
  };
}

interface Cache<Value> {
  /** Returns the cached value with this name, or loads it. */
  get(name: string, load: () => Promise<Value>): Promise<Value>;
}

/** Creates a cache whose values expire after `cacheMs`. Concurrent calls share one request, and failures aren't cached. */
function createCache<Value>(now: () => Date): Cache<Value> {
  const values = new Map<string, { readonly value: Promise<Value>; readonly expiresAt: number }>();
  return {
    get(name, load) {
      const at = now().getTime();
      for (const [key, { expiresAt }] of values) {
        if (expiresAt <= at) {
          values.delete(key);
        }
      }
      const cached = values.get(name);
      if (cached !== undefined) {
        return cached.value;
      }
      const value = load();
      values.set(name, { value, expiresAt: at + cacheMs });
      // Only removes a failure from the cache. The caller still gets the error from `value`.
      value.catch(() => values.delete(name));
      return value;
    },
  };
}

async function callKms<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (failure) {
    if (failure instanceof InvalidCiphertextException || failure instanceof IncorrectKeyException) {
      throw new Error("The stored data key can't be unwrapped: KMS_KEY_ID names another key, or the stored value was changed", {
        cause: failure,
      });
    }
    throw new ActionError(
      'Unavailable',
      { detail: 'The encryption key is temporarily unavailable. Try again.', retryAfterSeconds: 5 },
      failure,
    );
  }
}

function requireBytes(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) {
    throw new Error('KMS returned no data key');
  }
  return bytes;
}
