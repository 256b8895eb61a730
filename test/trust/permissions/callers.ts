import type { Scope } from '../../../lib/auth/caller.ts';
import { scopeNames } from '../../support/client.ts';
import type { InvalidCredentials, Issuer } from './tokens.ts';
import type { AccountName, ImageName, World } from './world.ts';

/** Who calls the HTTP API. */
export interface Caller {
  readonly name: string;
  readonly authorization: string | undefined;
  /** Undefined if the token isn't valid, or has no scope of the service. */
  readonly scope?: Scope;
  readonly isInvalid?: boolean;
  readonly account?: AccountName;
  /** Whether the call or its token names the default project of the account, or the other one. */
  readonly project?: 'default' | 'other';
  /** Whether the token is limited to the project. Otherwise the call names it. */
  readonly isLimited?: boolean;
}

/** Every kind of caller, of a world. */
export async function callersOf(world: World, { tokenOf, invalid }: Issuer): Promise<readonly Caller[]> {
  const { accounts, otherProject } = world;
  const bearer = async (claims: Parameters<Issuer['tokenOf']>[0]) => `Bearer ${await tokenOf(claims)}`;
  const tenant = async (account: AccountName): Promise<Caller> => ({
    name: account,
    authorization: await bearer({ account: accounts[account] }),
    scope: 'tenant',
    account,
  });
  const defaultProject = `org-${accounts.owner}`;
  const limited = async (project: 'default' | 'other'): Promise<Caller> => ({
    name: `token limited to the owner's ${project} project`,
    authorization: await bearer({ account: accounts.owner, project: project === 'default' ? defaultProject : otherProject }),
    scope: 'tenant',
    account: 'owner',
    project,
    isLimited: true,
  });
  const service = async (scope: 'compute' | 'operator'): Promise<Caller> => ({
    name: scope,
    authorization: await bearer({ account: scope, scope: scopeNames[scope] }),
    scope,
  });
  const credentials: InvalidCredentials = await invalid(accounts.owner);
  return [
    ...Object.entries(credentials).map(([name, authorization]) => ({ name, authorization, isInvalid: true })),
    { name: 'token without a scope', authorization: await bearer({ account: accounts.owner, scope: 'openid' }) },
    await service('compute'),
    await service('operator'),
    await tenant('owner'),
    await tenant('recipient'),
    await tenant('former'),
    await tenant('stranger'),
    await tenant('closed'),
    await tenant('unknown'),
    { ...(await tenant('owner')), name: 'owner for its other project', project: 'other' },
    await limited('default'),
    await limited('other'),
  ];
}

/** What an image is to a caller that acts as an account, or as a project of it. */
export function relationTo(
  image: ImageName,
  { account, project }: Pick<Caller, 'account' | 'project'>,
  principalKind: 'account' | 'project',
): 'own' | 'shared' | 'received' | 'public' | 'other' {
  if (image === 'public') {
    return 'public';
  }
  const isOwner = account === 'owner' && (principalKind === 'account' || project !== 'other');
  if (isOwner && image !== 'deleted' && image !== 'missing') {
    return image === 'shared' ? 'shared' : 'own';
  }
  return account === 'recipient' && image === 'shared' ? 'received' : 'other';
}
