import type { AccessKeyId, PrincipalId } from '../../../lib/model/ids.ts';
import type { PrincipalStep } from '../../../lib/model/plan.ts';
import type { Account, Project } from '../../../lib/model/principal.ts';
import { principalIn } from '../../../lib/rules/principals.ts';

/** Accounts and projects of the memory store. */
export class PrincipalsInMemory {
  readonly accounts = new Map<PrincipalId, Account>();
  readonly projects = new Map<PrincipalId, Project>();

  holds(step: PrincipalStep): boolean {
    switch (step.do) {
      case 'create-account':
        return !this.accounts.has(step.account.accountId);
      case 'create-project':
        return !this.projects.has(step.project.projectId);
      case 'rename-account':
      case 'set-default-project':
        return this.accounts.get(step.accountId)?.state === 'open';
      case 'set-acceptance':
        return principalIn(this, step)?.state === 'open';
      case 'add-project':
        return this.accounts.get(step.project.account)?.state === 'open';
      case 'close-account': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && account.openProjects === 0 && isEqual(account.accessKeys, step.accessKeys);
      }
      case 'list-access-key': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && (account.accessKeys ?? []).length < step.atMost;
      }
      case 'unlist-access-key':
        return this.accounts.get(step.accountId)?.accessKeys?.includes(step.keyId) === true;
      case 'correct-project-count': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && account.openProjects === step.seen;
      }
      case 'count-address-book': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && (step.by === -1 || (account.addressBookEntries ?? 0) < step.atMost);
      }
      case 'correct-address-book-count': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && (account.addressBookEntries ?? 0) === step.seen;
      }
      case 'rename-project':
      case 'close-project':
        return this.projects.get(step.projectId)?.state === 'open';
      case 'remove-project': {
        const account = this.accounts.get(step.accountId);
        return account?.state === 'open' && (account.defaultProject === step.projectId) === step.wasDefault;
      }
    }
  }

  apply(step: PrincipalStep): void {
    switch (step.do) {
      case 'create-account':
        this.accounts.set(step.account.accountId, step.account);
        return;
      case 'create-project':
        this.projects.set(step.project.projectId, step.project);
        return;
      case 'set-default-project':
        this.#changeAccount(step.accountId, (account) => ({ ...account, defaultProject: step.projectId }));
        return;
      case 'rename-account':
        this.#changeAccount(step.accountId, (account) => ({ ...account, name: step.name }));
        return;
      case 'set-acceptance':
        if (step.kind === 'account') {
          this.#changeAccount(step.principal, (account) => ({ ...account, ...step.acceptance }));
        } else {
          this.#changeProject(step.principal, (project) => ({ ...project, ...step.acceptance }));
        }
        return;
      case 'close-account':
        this.#changeAccount(step.accountId, ({ accessKeys: _, addressBookEntries: __, ...account }) => ({
          ...account,
          state: 'closed',
        }));
        return;
      case 'list-access-key':
        this.#changeAccount(step.accountId, (account) => withKeys(account, [...(account.accessKeys ?? []), step.keyId]));
        return;
      case 'unlist-access-key':
        this.#changeAccount(step.accountId, (account) =>
          withKeys(
            account,
            (account.accessKeys ?? []).filter((keyId) => keyId !== step.keyId),
          ),
        );
        return;
      case 'add-project':
        this.#changeAccount(step.project.account, (account) => ({
          ...account,
          defaultProject: step.isDefault === true ? step.project.projectId : (account.defaultProject ?? step.project.projectId),
          openProjects: account.openProjects + 1,
        }));
        return;
      case 'remove-project':
        this.#changeAccount(step.accountId, ({ defaultProject, ...account }) => ({
          ...account,
          ...(defaultProject !== undefined && !step.wasDefault && { defaultProject }),
          openProjects: account.openProjects - 1,
        }));
        return;
      case 'correct-project-count':
        this.#changeAccount(step.accountId, (account) => ({ ...account, openProjects: step.openProjects }));
        return;
      case 'count-address-book':
        this.#changeAccount(step.accountId, (account) => ({
          ...account,
          addressBookEntries: (account.addressBookEntries ?? 0) + step.by,
        }));
        return;
      case 'correct-address-book-count':
        this.#changeAccount(step.accountId, (account) => ({ ...account, addressBookEntries: step.entries }));
        return;
      case 'rename-project':
        this.#changeProject(step.projectId, (project) => ({ ...project, name: step.name }));
        return;
      case 'close-project':
        this.#changeProject(step.projectId, (project) => ({ ...project, state: 'closed' }));
    }
  }

  #changeAccount(id: PrincipalId, change: (account: Account) => Account): void {
    this.accounts.set(id, change(this.accounts.get(id) as Account));
  }

  #changeProject(id: PrincipalId, change: (project: Project) => Project): void {
    this.projects.set(id, change(this.projects.get(id) as Project));
  }
}

const withKeys = ({ accessKeys: _, ...account }: Account, keys: readonly AccessKeyId[]): Account => ({
  ...account,
  ...(keys.length > 0 && { accessKeys: [...new Set(keys)].sort() }),
});

const isEqual = (a: readonly AccessKeyId[] = [], b: readonly AccessKeyId[] = []): boolean =>
  a.length === b.length && a.every((keyId) => b.includes(keyId));
