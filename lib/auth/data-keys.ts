import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { fileDataKeys } from './file-data-keys.ts';
import { kmsDataKeys } from './kms-data-keys.ts';
import type { DataKeys } from './sealing.ts';

/** The source of the data keys that seal secrets: AWS KMS or a file. */
export interface DataKeySettings {
  readonly kmsKeyId: string | undefined;
  readonly file: string | undefined;
}

/**
 * Returns the data keys of the configured source. `limits` are those of requests to AWS KMS. Throws an error unless exactly one
 * source is set.
 */
export function dataKeysOf({ kmsKeyId, file }: DataKeySettings, now: () => Date, limits: KMSClientConfig = {}): DataKeys {
  if (kmsKeyId !== undefined && file === undefined) {
    return kmsDataKeys({ client: new KMSClient(limits), keyId: kmsKeyId, now });
  }
  if (file !== undefined && kmsKeyId === undefined) {
    return fileDataKeys(file);
  }
  const problem = file === undefined ? 'neither is' : 'both are';
  throw new Error(`Access keys require exactly one of KMS_KEY_ID and DATA_KEY_FILE; ${problem} set.`);
}
