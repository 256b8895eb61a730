import {
  DecryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { ActionError } from '../model/error.ts';
import type { DataKey, DataKeys } from './sealing.ts';

/** A data key is used for so long before KMS is asked again. */
const keptMs = 300_000;

/** KMS unwraps a data key only where this is stated again; it stands in the trail of its calls. */
const context = { service: 'image-share', purpose: 'access-keys' };

interface KeyInKms {
  readonly client: Pick<KMSClient, 'send'>;
  /** Id, ARN or alias of the key that wraps data keys. */
  readonly keyId: string;
  readonly now: () => Date;
}

/** Data keys that a key in AWS KMS wraps. */
export function kmsDataKeys({ client, keyId, now }: KeyInKms): DataKeys {
  const current = kept<DataKey>(now);
  const unwrapped = kept<Uint8Array>(now);

  const generated = async (): Promise<DataKey> => {
    const { Plaintext, CiphertextBlob } = await asked(() =>
      client.send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context })),
    );
    return { plain: given(Plaintext), wrapped: Buffer.from(given(CiphertextBlob)).toString('base64url') };
  };

  const decrypted = async (wrapped: string): Promise<Uint8Array> => {
    const { Plaintext } = await asked(() =>
      client.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: Buffer.from(wrapped, 'base64url'), EncryptionContext: context }),
      ),
    );
    return given(Plaintext);
  };

  return {
    current: () => current(keyId, generated),
    unwrap: (wrapped) => unwrapped(wrapped, () => decrypted(wrapped)),
  };
}

/** Keeps what is got under a name for a while, also while it is being got; failures are not kept. */
function kept<Value>(now: () => Date): (name: string, get: () => Promise<Value>) => Promise<Value> {
  const values = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (name, get) => {
    const at = now().getTime();
    for (const [old, { until }] of values) {
      if (until <= at) {
        values.delete(old);
      }
    }
    const known = values.get(name);
    if (known !== undefined) {
      return known.value;
    }
    const value = get();
    values.set(name, { value, until: at + keptMs });
    value.catch(() => values.delete(name));
    return value;
  };
}

async function asked<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof InvalidCiphertextException || failure instanceof IncorrectKeyException) {
      throw new Error('The data key was not wrapped for access keys by the key in KMS_KEY_ID, or altered since', {
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

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) {
    throw new Error('KMS answers without a data key');
  }
  return bytes;
}
