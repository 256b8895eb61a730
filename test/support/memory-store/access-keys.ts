import { type AccessKey, keyUseIntervalMs } from '../../../lib/model/access-key.ts';
import type { AccessKeyId } from '../../../lib/model/ids.ts';
import type { AccessKeyStep } from '../../../lib/model/plan.ts';
import { nonceKey } from '../../../lib/table/items/nonce.ts';
import type { NonceUse } from '../../../lib/table/store.ts';

/** Access keys of the memory store, and the nonces used with them. */
export class AccessKeysInMemory {
  readonly #keys = new Map<AccessKeyId, AccessKey>();
  readonly #nonces = new Map<string, NonceUse>();

  get(keyId: AccessKeyId): AccessKey | undefined {
    return this.#keys.get(keyId);
  }

  all(): AccessKey[] {
    return [...this.#keys.values()];
  }

  holds(step: AccessKeyStep): boolean {
    switch (step.do) {
      case 'create-access-key':
        return !this.#keys.has(step.key.keyId);
      case 'change-access-key':
        return this.#keys.get(step.keyId)?.account === step.accountId;
      case 'remove-access-key': {
        const key = this.#keys.get(step.keyId);
        return key === undefined || key.account === step.accountId;
      }
    }
  }

  apply(step: AccessKeyStep): void {
    switch (step.do) {
      case 'create-access-key':
        this.#keys.set(step.key.keyId, step.key);
        return;
      case 'change-access-key':
        this.#keys.set(step.keyId, { ...(this.#keys.get(step.keyId) as AccessKey), state: step.state });
        return;
      case 'remove-access-key':
        this.#keys.delete(step.keyId);
    }
  }

  recordUse(keyId: AccessKeyId, at: Date): void {
    const key = this.#keys.get(keyId);
    const last = key?.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    if (key !== undefined && at.getTime() - last >= keyUseIntervalMs) {
      this.#keys.set(keyId, { ...key, lastUsedAt: at });
    }
  }

  recordNonce(use: NonceUse): 'new' | 'same-request' | 'other-request' {
    const { PK } = nonceKey(use.keyId, use.nonce);
    const noted = this.#nonces.get(PK);
    if (noted !== undefined && noted.until > Math.floor(use.now.getTime() / 1_000)) {
      if (noted.id === use.id) {
        return 'new';
      }
      return noted.request === use.request ? 'same-request' : 'other-request';
    }
    this.#nonces.set(PK, use);
    return 'new';
  }
}
