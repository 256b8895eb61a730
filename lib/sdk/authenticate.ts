import type { Dependencies } from '../app/dependencies.ts';
import type { Caller } from '../auth/caller.ts';
import type { AccessKey } from '../model/access-key.ts';
import { AccessKeyId } from '../model/ids.ts';
import { type AuthFailure, type Dialect, ProviderError, type WireCall } from './wire.ts';

/**
 * Authenticates a call by key, time, and signature, in this order, and returns the key that signed it. Throws ProviderError with
 * the cloud's error.
 */
export async function authenticate(
  call: WireCall,
  { errors, clockWindowSeconds = 0 }: Pick<Dialect, 'errors' | 'clockWindowSeconds'>,
  { store, secrets, now: clock }: Pick<Dependencies, 'store' | 'secrets' | 'now'>,
): Promise<AccessKey> {
  const refuse = (reason: AuthFailure): never => {
    throw new ProviderError(errors.authFailures[reason]);
  };
  const { keyId, signedAt } = call;
  const id = AccessKeyId.safeParse(keyId);
  const key = id.success ? await store.accessKey(id.data) : undefined;
  if (key === undefined) {
    return refuse('unknown-key');
  }
  if (key.state === 'disabled') {
    return refuse('disabled-key');
  }
  const now = clock();
  const clockSkewSeconds = signedAt === undefined ? 0 : Math.abs(now.getTime() - signedAt.getTime()) / 1_000;
  if (!(clockSkewSeconds <= clockWindowSeconds)) {
    return refuse('stale');
  }
  if (!call.isSignedWith(await secrets.unseal(key.secret, key))) {
    throw new ProviderError(call.wrongSignature ?? errors.authFailures['wrong-signature']);
  }
  return key;
}

/** Returns the caller of requests that are signed with the key. */
export const callerOf = ({ keyId, account }: AccessKey): Caller => ({ subject: keyId, account, scopes: new Set(['tenant']) });
