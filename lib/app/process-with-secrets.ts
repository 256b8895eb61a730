import { type DataKeys, secretsWith } from '../auth/sealing.ts';
import { type Process, thisProcess } from './process.ts';
import { requestLimits } from './request-limits.ts';

let dataKeys: Promise<DataKeys> | undefined;

const secrets = secretsWith(() => {
  const { dependencies, dataKeys: settings } = thisProcess();
  dataKeys ??= import('../auth/data-keys.ts').then(({ dataKeysOf }) => dataKeysOf(settings, dependencies.now, requestLimits));
  return dataKeys;
});

/**
 * What all requests to this process share, in functions that seal or unseal the secrets of access keys. The others are smaller
 * without the client of AWS KMS.
 */
export function processWithSecrets(): Process {
  const process = thisProcess();
  return { ...process, dependencies: { ...process.dependencies, secrets } };
}
