import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedSecret } from '../model/access-key.ts';
import type { AccessKeyId, PrincipalId } from '../model/ids.ts';

/** A key that encrypts secrets, as itself and as it may be stored: wrapped by a key that never leaves its keeper. */
export interface DataKey {
  /** 32 bytes. */
  readonly plain: Uint8Array;
  /** In base64url. */
  readonly wrapped: string;
}

/** Where data keys come from. Both methods throw ActionError Unavailable while they cannot be had. */
export interface DataKeys {
  /** The key to encrypt with now. */
  current(): Promise<DataKey>;
  /** The key that was wrapped so. Throws an error when it was not wrapped here. */
  unwrap(wrapped: string): Promise<Uint8Array>;
}

/** The key that a secret belongs to: sealed for one, it cannot be unsealed for another. */
interface SealedFor {
  readonly keyId: AccessKeyId;
  readonly account: PrincipalId;
}

/** Seals secrets of access keys, and unseals them. Both throw as DataKeys does; see seal and unseal. */
export interface Secrets {
  seal(secret: string, of: SealedFor): Promise<SealedSecret>;
  unseal(sealed: SealedSecret, of: SealedFor): Promise<string>;
}

const algorithm = 'aes-256-gcm';
/** NIST SP 800-38D, section 8.2.2: a random nonce of 96 bits. */
const nonceBytes = 12;
const tagBytes = 16;

const boundTo = ({ keyId, account }: SealedFor): Buffer => Buffer.from(JSON.stringify([keyId, account]));
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Encrypts the secret, with the access key that it belongs to as additional data. */
export async function seal(secret: string, of: SealedFor, dataKeys: DataKeys): Promise<SealedSecret> {
  const { plain, wrapped } = await dataKeys.current();
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, plain, nonce, { authTagLength: tagBytes }).setAAD(boundTo(of));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64url'),
    text: text.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
    wrappedKey: wrapped,
  };
}

/** Gives the secret back. Throws an error when it was sealed for another access key, with another data key, or altered since. */
export async function unseal({ nonce, text, tag, wrappedKey }: SealedSecret, of: SealedFor, dataKeys: DataKeys): Promise<string> {
  const plain = await dataKeys.unwrap(wrappedKey);
  try {
    const decipher = createDecipheriv(algorithm, plain, bytesOf(nonce), { authTagLength: tagBytes })
      .setAAD(boundTo(of))
      .setAuthTag(bytesOf(tag));
    return Buffer.concat([decipher.update(bytesOf(text)), decipher.final()]).toString('utf8');
  } catch (failure) {
    throw new Error(`The secret of access key ${of.keyId} cannot be unsealed`, { cause: failure });
  }
}

/** Seals and unseals with data keys that are looked for when they are first needed. */
export const secretsWith = (dataKeys: () => DataKeys | Promise<DataKeys>): Secrets => ({
  seal: async (secret, of) => seal(secret, of, await dataKeys()),
  unseal: async (sealed, of) => unseal(sealed, of, await dataKeys()),
});
