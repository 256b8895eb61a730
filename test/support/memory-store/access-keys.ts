import type { AccessKey } from '../../../lib/model/access-key.ts';
import type { AccessKeyId } from '../../../lib/model/ids.ts';
import type { AccessKeyStep } from '../../../lib/model/plan.ts';
import { nonceKey } from '../../../lib/table/items/nonce.ts';
import type { NonceUse } from '../../../lib/table/store.ts';

/** Access keys of the memory store, and the nonces used with them. */
export class AccessKeysInMemory {
  readonly #keys = new Map<AccessKeyId, AccessKey>();
  readonly #nonces = new Map<string, number>();

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

  noteNonce({ keyId, nonce, now, until }: NonceUse): boolean {
    const { PK } = nonceKey(keyId, nonce);
    if ((this.#nonces.get(PK) ?? Number.NEGATIVE_INFINITY) > Math.floor(now.getTime() / 1_000)) {
      return false;
    }
    this.#nonces.set(PK, until);
    return true;
  }
}
