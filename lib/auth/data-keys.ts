import { KMSClient } from '@aws-sdk/client-kms';
import { fileDataKeys } from './file-data-keys.ts';
import { kmsDataKeys } from './kms-data-keys.ts';
import type { DataKeys } from './sealing.ts';

/** Who keeps the key that secrets are sealed with: AWS KMS, or a file. */
export interface KeeperSettings {
  readonly kmsKeyId: string | undefined;
  readonly file: string | undefined;
}

/** The data keys of the one keeper that is set. Throws an error where none or both are. */
export function dataKeysOf({ kmsKeyId, file }: KeeperSettings, now: () => Date): DataKeys {
  if (kmsKeyId !== undefined && file === undefined) {
    return kmsDataKeys({ client: new KMSClient(), keyId: kmsKeyId, now });
  }
  if (file !== undefined && kmsKeyId === undefined) {
    return fileDataKeys(file);
  }
  const set = file === undefined ? 'neither is' : 'both are';
  throw new Error(`Access keys need one of KMS_KEY_ID and DATA_KEY_FILE to seal their secrets; ${set} set.`);
}
