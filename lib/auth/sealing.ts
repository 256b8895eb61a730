import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedSecret } from '../model/access-key.ts';
import type { AccessKeyId, PrincipalId } from '../model/ids.ts';

/** A key that encrypts secrets: in plaintext, and wrapped (encrypted by a key that never leaves its source), which is stored. */
export interface DataKey {
  /** 32 bytes. */
  readonly plain: Uint8Array;
  /** Base64url. */
  readonly wrapped: string;
}

/** A source of data keys. Both methods throw ActionError Unavailable if it can't be reached. */
export interface DataKeys {
  /** Returns the key to encrypt with. */
  current(): Promise<DataKey>;
  /** Unwraps a key. Throws an error if this source did not wrap it. */
  unwrap(wrapped: string): Promise<Uint8Array>;
}

/** The access key that a secret belongs to. A sealed secret can be unsealed only for the same access key. */
interface KeyBinding {
  readonly keyId: AccessKeyId;
  readonly account: PrincipalId;
}

/** Seals and unseals the secrets of access keys. Both methods throw what DataKeys throws; see `seal` and `unseal`. */
export interface Secrets {
  seal(secret: string, binding: KeyBinding): Promise<SealedSecret>;
  unseal(sealed: SealedSecret, binding: KeyBinding): Promise<string>;
}

const algorithm = 'aes-256-gcm';
/** NIST SP 800-38D, section 8.2.2: a random nonce of 96 bits. */
const nonceBytes = 12;
const tagBytes = 16;

const additionalData = ({ keyId, account }: KeyBinding): Buffer => Buffer.from(JSON.stringify([keyId, account]));
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Encrypts the secret, with its access key as additional authenticated data. */
export async function seal(secret: string, binding: KeyBinding, dataKeys: DataKeys): Promise<SealedSecret> {
  const { plain, wrapped } = await dataKeys.current();
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, plain, nonce, { authTagLength: tagBytes }).setAAD(additionalData(binding));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64url'),
    text: text.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
    wrappedKey: wrapped,
  };
}

/** Decrypts the secret. Throws an error if it was sealed for another access key or with another data key, or was altered. */
export async function unseal(
  { nonce, text, tag, wrappedKey }: SealedSecret,
  binding: KeyBinding,
  dataKeys: DataKeys,
): Promise<string> {
  const plain = await dataKeys.unwrap(wrappedKey);
  try {
    const decipher = createDecipheriv(algorithm, plain, bytesOf(nonce), { authTagLength: tagBytes })
      .setAAD(additionalData(binding))
      .setAuthTag(bytesOf(tag));
    return Buffer.concat([decipher.update(bytesOf(text)), decipher.final()]).toString('utf8');
  } catch (failure) {
    throw new Error(`The secret of access key ${binding.keyId} cannot be unsealed`, { cause: failure });
  }
}

/** Creates Secrets that get their data keys on first use. */
export const secretsWith = (dataKeys: () => DataKeys | Promise<DataKeys>): Secrets => ({
  seal: async (secret, binding) => seal(secret, binding, await dataKeys()),
  unseal: async (sealed, binding) => unseal(sealed, binding, await dataKeys()),
});
