import type { AddressBookEntry, AddressBookKey } from '../../../lib/model/address-book.ts';
import type { PrincipalId } from '../../../lib/model/ids.ts';
import type { AddressBookStep } from '../../../lib/model/plan.ts';

interface StoredEntry {
  readonly accountId: PrincipalId;
  readonly entry: AddressBookEntry;
}

const nameOf = ({ accountId, principalId }: AddressBookKey): string => `${accountId}#${principalId}`;
const keyOf = (step: AddressBookStep): AddressBookKey =>
  'key' in step ? step.key : { accountId: step.accountId, principalId: step.entry.principalId };

/** Address books of the memory store. */
export class AddressBooksInMemory {
  readonly #entries = new Map<string, StoredEntry>();

  get(key: AddressBookKey): AddressBookEntry | undefined {
    return this.#entries.get(nameOf(key))?.entry;
  }

  of(accountId: PrincipalId): AddressBookEntry[] {
    return this.all().flatMap((stored) => (stored.accountId === accountId ? [stored.entry] : []));
  }

  all(): StoredEntry[] {
    return [...this.#entries.values()];
  }

  holds(step: AddressBookStep): boolean {
    return this.#entries.has(nameOf(keyOf(step))) === (step.do !== 'create-address-book-entry');
  }

  apply(step: AddressBookStep): void {
    if (step.do === 'remove-address-book-entry') {
      this.#entries.delete(nameOf(step.key));
    } else {
      this.#entries.set(nameOf(keyOf(step)), { accountId: step.accountId, entry: step.entry });
    }
  }
}
