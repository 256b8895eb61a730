import { randomUUID } from 'node:crypto';
import type { Dependencies } from '../app/dependencies.ts';
import { type IdempotentCall, idempotentCall, replay } from '../app/idempotency.ts';
import { backOff, type RetryBudget, retry } from '../app/retry.ts';
import type { Caller } from '../auth/caller.ts';
import { ActionError } from '../model/error.ts';
import { AccessKeyId } from '../model/ids.ts';
import { type Dialect, ProviderError, type WireCall, type WireResponse } from './wire.ts';

/** Actions with these names only read, in all clouds. If such a request is received again, it reads again. */
const onlyReads = /^(?:Describe|Get|List)/;

type Facilities = Pick<Dependencies, 'store' | 'now'> & { readonly budget: RetryBudget };

/**
 * Responds to a call. SDKs send the same request again after a network fault: if it has a nonce, it then has no second effect, and
 * the first response is returned. Throws ProviderError for another request with the same nonce.
 */
export async function respondOnce(
  call: WireCall,
  caller: Caller,
  { errors, clockWindowSeconds = 0 }: Pick<Dialect, 'errors' | 'clockWindowSeconds'>,
  facilities: Facilities,
  respond: () => Promise<WireResponse>,
): Promise<WireResponse> {
  const { store, now, budget } = facilities;
  const { action, nonce, signedAt, region, project, parameters } = call;
  if (nonce === undefined || signedAt === undefined) {
    return respond();
  }
  const keyId = AccessKeyId.parse(call.keyId);
  const identity = idempotentCall(`nonce ${keyId} ${nonce}`, {
    action,
    caller,
    project: undefined,
    request: { region, project, parameters },
    revisionsSeen: undefined,
  });
  const expiresAt = Math.ceil(signedAt.getTime() / 1_000) + clockWindowSeconds + 1;
  const use = { keyId, nonce, request: identity.hash, id: randomUUID(), now: now(), until: expiresAt };
  const noted = await store.recordNonce(use);
  if (noted === 'other-request') {
    throw new ProviderError(errors.authFailures.replayed);
  }
  if (onlyReads.test(action)) {
    return respond();
  }
  if (noted === 'same-request') {
    return firstResponse(identity, facilities);
  }
  const response = await respond();
  // The call has had its effect, so it must not fail because its response can't be recorded.
  const record = { ...identity, result: response, expiresAt };
  await retry(() => store.commit([{ do: 'put-idempotency-record', now: now(), record }]), budget).catch(() => undefined);
  return response;
}

/** Waits for the response to the first of several identical requests. Throws Unavailable if there is none in time. */
async function firstResponse(identity: IdempotentCall, { store, now, budget }: Facilities): Promise<WireResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const { idempotencyRecord } = await store.read({ idempotencyKey: identity.key });
    const recorded = replay<WireResponse>(identity, idempotencyRecord, now());
    if (recorded !== undefined) {
      return recorded.result;
    }
    if (!(await backOff(attempt, budget))) {
      throw new ActionError('Unavailable', {
        detail: 'The same request is still being processed. Try again.',
        retryAfterSeconds: 1,
      });
    }
  }
}
