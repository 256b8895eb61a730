import type { PrincipalId } from '../model/ids.ts';
import type { Facts, Wanted } from '../table/store.ts';

/**
 * Returns the owners whom the account or the principal that it acts as trusts. A default project is known only after the first
 * read, so it takes a second one.
 */
export async function trustedOwners(
  account: PrincipalId,
  { principal, ...facts }: Pick<Facts, 'accounts' | 'projects'> & { readonly principal: PrincipalId },
  read: (wanted: Wanted) => Promise<Facts>,
): Promise<ReadonlySet<PrincipalId>> {
  const { projects } = principal === account || facts.projects.has(principal) ? facts : await read({ projects: [principal] });
  return new Set([facts.accounts.get(account), projects.get(principal)].flatMap((one) => one?.trustedOwners ?? []));
}
