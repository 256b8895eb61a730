import type { Account, Project } from '../../lib/model/principal.ts';
import {
  actingKeys,
  actingPrincipal,
  mayActFor,
  openPrincipals,
  principalByToken,
  requireOpenAccount,
  type Tenant,
} from '../../lib/rules/principals.ts';
import { noon, placeOf, places, principal, thrownBy } from '../support/builders.ts';

const anAccount = (id: string, parts: Partial<Account> = {}): Account => ({
  accountId: principal(id),
  name: id,
  state: 'open',
  createdAt: noon,
  openProjects: 0,
  ...parts,
});
const aProject = (id: string, parts: Partial<Project> = {}): Project => ({
  projectId: principal(id),
  account: principal('acme'),
  name: id,
  state: 'open',
  createdAt: noon,
  ...parts,
});
const acme: Tenant = { account: principal('acme') };
const bound: Tenant = { account: principal('acme'), project: principal('org-a') };
const { policy: byProject } = placeOf('ucloud');
const byAccount = places.filter(({ policy }) => policy.principalKind === 'account');
const optional = (id: string | undefined) => (id === undefined ? undefined : principal(id));

describe('actingKeys', () => {
  it.each(byAccount)('is the account under $name, whatever project is stated', ({ policy }) => {
    expect(actingKeys(bound, policy, principal('org-b'))).toEqual({ account: 'acme' });
  });

  it.each<[string, Tenant, string | undefined, object]>([
    ['the project of the token', bound, undefined, { project: 'org-a' }],
    ['the project of the token that is stated too', bound, 'org-a', { project: 'org-a' }],
    ['the stated project', acme, 'org-b', { project: 'org-b' }],
    ['the account, which knows its default project', acme, undefined, { account: 'acme' }],
  ])('is under ucloud %s', (_, caller, stated, expected) => {
    expect(actingKeys(caller, byProject, optional(stated))).toEqual(expected);
  });

  it('refuses under ucloud to act as another project than the token says with Forbidden', () => {
    expect(thrownBy(() => actingKeys(bound, byProject, principal('org-b')))).toMatchObject({ code: 'Forbidden' });
  });
});

describe('actingPrincipal', () => {
  const facts = (accounts: readonly Account[], projects: readonly Project[] = []) => ({
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    projects: new Map(projects.map((project) => [project.projectId, project])),
  });

  it.each(byAccount)('is the open account under $name', ({ policy }) => {
    expect(actingPrincipal(acme, { account: acme.account }, policy, facts([anAccount('acme')]))).toBe('acme');
  });

  it('is the default project under ucloud where none is named', () => {
    const account = anAccount('acme', { defaultProject: principal('org-a') });

    expect(actingPrincipal(acme, { account: acme.account }, byProject, facts([account]))).toBe('org-a');
  });

  it('refuses under ucloud an account without a default project with ProjectNotFound', () => {
    expect(thrownBy(() => actingPrincipal(acme, { account: acme.account }, byProject, facts([anAccount('acme')])))).toMatchObject(
      {
        code: 'ProjectNotFound',
      },
    );
  });

  it.each<[string, Project[]]>([
    ['a project that is unknown', []],
    ['a project that is closed', [aProject('org-b', { state: 'closed' })]],
    ["another account's project", [aProject('org-b', { account: principal('globex') })]],
  ])('refuses under ucloud %s with ProjectNotFound', (_, projects) => {
    expect(thrownBy(() => actingPrincipal(acme, { project: principal('org-b') }, byProject, facts([], projects)))).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});

describe('principalByToken', () => {
  it.each(byAccount)('is the account under $name', ({ policy }) => {
    expect(principalByToken(acme, policy)).toBe('acme');
  });

  it.each<[string, Tenant, string | undefined, string | undefined]>([
    ['the project that the token is bound to', bound, undefined, 'org-a'],
    ['nobody where the request alone states a project', acme, 'org-b', undefined],
    ['nobody where the default project has to be read', acme, undefined, undefined],
  ])('is under ucloud %s', (_, caller, stated, expected) => {
    expect(principalByToken(caller, byProject, optional(stated))).toBe(expected);
  });
});

describe('mayActFor', () => {
  it.each<[string, Tenant, Project | undefined, boolean]>([
    ['an open project of the account', acme, aProject('org-a'), true],
    ['the project that the token is bound to', bound, aProject('org-a'), true],
    ['another project of the account than the token is bound to', bound, aProject('org-b'), false],
    ['a closed project', acme, aProject('org-a', { state: 'closed' }), false],
    ["another account's project", acme, aProject('org-a', { account: principal('globex') }), false],
    ['an unknown project', acme, undefined, false],
  ])('decides on %s', (_, caller, project, expected) => {
    expect(mayActFor(caller, project)).toBe(expected);
  });
});

describe('requireOpenAccount', () => {
  it('refuses an unknown account with AccountNotFound', () => {
    expect(thrownBy(() => requireOpenAccount(acme.account, undefined))).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses a closed account with Forbidden', () => {
    expect(thrownBy(() => requireOpenAccount(acme.account, anAccount('acme', { state: 'closed' })))).toMatchObject({
      code: 'Forbidden',
      details: { rule: 'account.close' },
    });
  });
});

describe('openPrincipals', () => {
  const facts = {
    accounts: new Map([anAccount('acme'), anAccount('gone', { state: 'closed' })].map((one) => [one.accountId, one])),
    projects: new Map([aProject('org-a'), aProject('org-gone', { state: 'closed' })].map((one) => [one.projectId, one])),
  };

  it.each([
    ['tencent', ['acme']],
    ['alibaba', ['acme']],
    ['ucloud', ['org-a']],
  ])('are under %s %j: open ones of the kind that it shares with', (name, expected) => {
    expect([...openPrincipals(facts, placeOf(name).policy)]).toEqual(expected);
  });
});
