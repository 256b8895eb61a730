import type { Account, Project } from '../../lib/model/principal.ts';
import { planAccount, planProject } from '../../lib/rules/change-principals.ts';
import { publicOwner } from '../../lib/rules/visibility.ts';
import { noon, principal, thrownBy } from '../support/builders.ts';

const [accountId, projectId] = [principal('acme'), principal('org-a')];
const account: Account = { accountId, name: 'Acme', state: 'open', createdAt: noon, openProjects: 1, defaultProject: projectId };
const project: Project = { projectId, account: accountId, name: 'A', state: 'open', createdAt: noon };
const closedAccount = { ...account, state: 'closed' } as const;
const closedProject = { ...project, state: 'closed' } as const;

describe('planAccount', () => {
  it('creates an unknown account', () => {
    expect(planAccount({ accountId, name: 'Acme' }, undefined, noon).steps).toMatchObject([
      { do: 'create-account', account: { accountId, state: 'open', openProjects: 0 } },
    ]);
  });

  it('renames an existing account', () => {
    expect(planAccount({ accountId, name: 'New' }, account, noon)).toEqual({
      result: { ...account, name: 'New' },
      steps: [{ do: 'rename-account', accountId, name: 'New' }],
    });
  });

  it('does nothing when the name is unchanged', () => {
    expect(planAccount({ accountId, name: 'Acme' }, account, noon).steps).toEqual([]);
  });

  it('refuses the owner id of public images with InvalidRequest', () => {
    expect(thrownBy(() => planAccount({ accountId: publicOwner, name: 'Acme' }, undefined, noon))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'accountId' }] },
    });
  });

  it('refuses to reopen a closed account with AccountClosed', () => {
    expect(thrownBy(() => planAccount({ accountId, name: 'Acme' }, closedAccount, noon))).toMatchObject({
      code: 'AccountClosed',
      details: { rule: 'account.close' },
    });
  });
});

describe('planProject', () => {
  const request = { accountId, projectId, name: 'B' };

  it('creates an unknown project and counts it in its account', () => {
    const { steps } = planProject(request, { account, project: undefined }, noon);

    expect(steps).toMatchObject([{ do: 'create-project' }, { do: 'add-project', isDefault: false }]);
  });

  it('renames an existing project', () => {
    expect(planProject(request, { account, project }, noon).steps).toEqual([{ do: 'rename-project', projectId, name: 'B' }]);
  });

  it('does nothing when neither the name nor the default changes', () => {
    expect(planProject({ ...request, name: 'A', isDefault: true }, { account, project }, noon).steps).toEqual([]);
  });

  it('makes a project the default only while it is open', () => {
    const other = { ...account, defaultProject: principal('org-b') };
    const setDefault = { do: 'set-default-project', accountId, projectId };

    expect(planProject({ ...request, name: 'A', isDefault: true }, { account: other, project }, noon).steps).toEqual([
      { do: 'require-open', principal: projectId, kind: 'project' },
      setDefault,
    ]);
    // A rename has that condition already.
    expect(planProject({ ...request, isDefault: true }, { account: other, project }, noon).steps).toEqual([
      { do: 'rename-project', projectId, name: 'B' },
      setDefault,
    ]);
  });

  it.each([
    ['in an unknown account with AccountNotFound', { account: undefined, project: undefined }, 'AccountNotFound'],
    ['in a closed account with AccountClosed', { account: closedAccount, project: undefined }, 'AccountClosed'],
    ['that was closed with AccountClosed', { account, project: closedProject }, 'AccountClosed'],
    [
      'of another account with InvalidRequest',
      { account, project: { ...project, account: principal('globex') } },
      'InvalidRequest',
    ],
  ])('refuses a project %s', (_, facts, code) => {
    expect(thrownBy(() => planProject(request, facts, noon))).toMatchObject({ code });
  });
});

describe('planProject with the owner id of public images', () => {
  it('refuses with InvalidRequest', () => {
    const request = { accountId, projectId: publicOwner, name: 'B' };

    expect(thrownBy(() => planProject(request, { account, project: undefined }, noon))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'projectId' }] },
    });
  });
});
