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

/** KMS unwraps a data key only with the same context, and logs the context in CloudTrail. */
const context = { service: 'image-share', purpose: 'access-keys' };

interface KmsSettings {
  readonly client: Pick<KMSClient, 'send'>;
  /** ID, ARN, or alias of the key that wraps data keys. */
  readonly keyId: string;
  readonly now: () => Date;
}

/** Creates data keys that are wrapped by a key in AWS KMS. */
export function kmsDataKeys({ client, keyId, now }: KmsSettings): DataKeys {
  const current = cacheOf<DataKey>(now);
  const unwrapped = cacheOf<Uint8Array>(now);

  const generate = async (): Promise<DataKey> => {
    const { Plaintext, CiphertextBlob } = await callKms(() =>
      client.send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context })),
    );
    return { plain: required(Plaintext), wrapped: Buffer.from(required(CiphertextBlob)).toString('base64url') };
  };

  const decrypt = async (wrapped: string): Promise<Uint8Array> => {
    const { Plaintext } = await callKms(() =>
      client.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: Buffer.from(wrapped, 'base64url'), EncryptionContext: context }),
      ),
    );
    return required(Plaintext);
  };

  return {
    current: () => current(keyId, generate),
    unwrap: (wrapped) => unwrapped(wrapped, () => decrypt(wrapped)),
  };
}

/** Caches values by name for `cacheMs`. Concurrent calls share one request, and failures are not cached. */
function cacheOf<Value>(now: () => Date): (name: string, get: () => Promise<Value>) => Promise<Value> {
  const values = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (name, get) => {
    const at = now().getTime();
    for (const [key, { until }] of values) {
      if (until <= at) {
        values.delete(key);
      }
    }
    const cached = values.get(name);
    if (cached !== undefined) {
      return cached.value;
    }
    const value = get();
    values.set(name, { value, until: at + cacheMs });
    value.catch(() => values.delete(name));
    return value;
  };
}

async function callKms<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (failure) {
    if (failure instanceof InvalidCiphertextException || failure instanceof IncorrectKeyException) {
      throw new Error('The data key was not wrapped by the key in KMS_KEY_ID for access keys, or was altered', {
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

function required(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) {
    throw new Error('KMS returned no data key');
  }
  return bytes;
}
