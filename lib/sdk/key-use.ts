import type { Dependencies } from '../app/dependencies.ts';
import { loggable } from '../app/loggable.ts';
import { logger } from '../app/process.ts';
import { type AccessKey, keyUseIntervalMs } from '../model/access-key.ts';

/**
 * Records that the key signed a request, at most once an hour. Never throws, because the request must not fail only because its
 * use can't be recorded.
 */
export async function recordKeyUse(
  { keyId, lastUsedAt }: AccessKey,
  { store, now }: Pick<Dependencies, 'store' | 'now'>,
): Promise<void> {
  const at = now();
  if (lastUsedAt !== undefined && at.getTime() - lastUsedAt.getTime() < keyUseIntervalMs) {
    return;
  }
  try {
    await store.recordKeyUse(keyId, at);
  } catch (cause) {
    logger.warn("Couldn't record the use of an access key", { keyId, cause: loggable(cause) });
  }
}
