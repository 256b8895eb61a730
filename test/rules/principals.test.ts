import type { Account, Project } from '../../lib/model/principal.ts';
import {
  actingKeys,
  actingPrincipal,
  canActFor,
  openPrincipals,
  principalByToken,
  requireOpenAccount,
  type Tenant,
} from '../../lib/rules/principals.ts';
import { fixtureOf, noon, policyFixtures, principal, thrownBy } from '../support/builders.ts';

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
const boundTenant: Tenant = { account: principal('acme'), project: principal('org-a') };
const { policy: projectPolicy } = fixtureOf('ucloud');
const accountFixtures = policyFixtures.filter(({ policy }) => policy.principalKind === 'account');
const optional = (id: string | undefined) => (id === undefined ? undefined : principal(id));

describe('actingKeys', () => {
  it.each(accountFixtures)('returns the account under $name, whatever the project', ({ policy }) => {
    expect(actingKeys(acme, policy, principal('org-b'))).toEqual({ account: 'acme' });
  });

  it.each(accountFixtures)('refuses a token that is limited to a project under $name with Forbidden', ({ policy }) => {
    expect(thrownBy(() => actingKeys(boundTenant, policy))).toMatchObject({ code: 'Forbidden' });
  });

  it.each<[string, Tenant, string | undefined, object]>([
    ['the project of the token', boundTenant, undefined, { project: 'org-a' }],
    ['the project of both the token and the request', boundTenant, 'org-a', { project: 'org-a' }],
    ['the project of the request', acme, 'org-b', { project: 'org-b' }],
    ['the account, to look up its default project', acme, undefined, { account: 'acme' }],
  ])('returns under UCloud %s', (_, caller, requestedProject, expected) => {
    expect(actingKeys(caller, projectPolicy, optional(requestedProject))).toEqual(expected);
  });

  it("refuses under UCloud a project other than the token's with Forbidden", () => {
    expect(thrownBy(() => actingKeys(boundTenant, projectPolicy, principal('org-b')))).toMatchObject({ code: 'Forbidden' });
  });
});

describe('actingPrincipal', () => {
  const facts = (accounts: readonly Account[], projects: readonly Project[] = []) => ({
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    projects: new Map(projects.map((project) => [project.projectId, project])),
  });

  it.each(accountFixtures)('returns the open account under $name', ({ policy }) => {
    expect(actingPrincipal(acme, { account: acme.account }, policy, facts([anAccount('acme')]))).toBe('acme');
  });

  it('returns the default project under UCloud if the request has none', () => {
    const account = anAccount('acme', { defaultProject: principal('org-a') });

    expect(actingPrincipal(acme, { account: acme.account }, projectPolicy, facts([account]))).toBe('org-a');
  });

  it('refuses under UCloud an account without a default project with ProjectNotFound', () => {
    expect(
      thrownBy(() => actingPrincipal(acme, { account: acme.account }, projectPolicy, facts([anAccount('acme')]))),
    ).toMatchObject({
      code: 'ProjectNotFound',
    });
  });

  it.each<[string, Project[]]>([
    ['an unknown project', []],
    ['a closed project', [aProject('org-b', { state: 'closed' })]],
    ["another account's project", [aProject('org-b', { account: principal('globex') })]],
  ])('refuses under UCloud %s with ProjectNotFound', (_, projects) => {
    expect(
      thrownBy(() => actingPrincipal(acme, { project: principal('org-b') }, projectPolicy, facts([], projects))),
    ).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});

describe('principalByToken', () => {
  it.each(accountFixtures)('returns the account under $name', ({ policy }) => {
    expect(principalByToken(acme, policy)).toBe('acme');
  });

  it.each<[string, Tenant, string | undefined, string | undefined]>([
    ['nothing if the project of the token has to be looked up', boundTenant, undefined, undefined],
    ['nothing if only the request has a project', acme, 'org-b', undefined],
    ['nothing if the default project has to be looked up', acme, undefined, undefined],
  ])('returns under UCloud %s', (_, caller, requestedProject, expected) => {
    expect(principalByToken(caller, projectPolicy, optional(requestedProject))).toBe(expected);
  });
});

describe('canActFor', () => {
  it.each<[string, Tenant, Project | undefined, boolean]>([
    ['an open project of the account', acme, aProject('org-a'), true],
    ['the project that the token is bound to', boundTenant, aProject('org-a'), true],
    ["a project of the account other than the token's", boundTenant, aProject('org-b'), false],
    ['a closed project', acme, aProject('org-a', { state: 'closed' }), false],
    ["another account's project", acme, aProject('org-a', { account: principal('globex') }), false],
    ['an unknown project', acme, undefined, false],
  ])('decides on %s', (_, caller, project, expected) => {
    expect(canActFor(caller, project)).toBe(expected);
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
    accounts: new Map([anAccount('acme'), anAccount('gone', { state: 'closed' })].map((item) => [item.accountId, item])),
    projects: new Map([aProject('org-a'), aProject('org-gone', { state: 'closed' })].map((item) => [item.projectId, item])),
  };

  it.each([
    ['tencent', ['acme']],
    ['alibaba', ['acme']],
    ['ucloud', ['org-a']],
  ])("returns under %s %j: open principals of the policy's kind", (name, expected) => {
    expect([...openPrincipals(facts, fixtureOf(name).policy).keys()]).toEqual(expected);
  });
});
