import type { Account, Project } from '../../lib/model/holder.ts';
import type { HolderId } from '../../lib/model/ids.ts';
import {
  planAccount,
  planAccountClosing,
  planProject,
  planProjectClosing,
  planTrustedOwners,
} from '../../lib/rules/change-holders.ts';
import { publicOwner } from '../../lib/rules/visibility.ts';
import { anImage, anInstance, holder, noon, noonSeconds, region, thrownBy } from '../support/builders.ts';

const [accountId, projectId] = [holder('acme'), holder('org-a')];
const account: Account = { accountId, name: 'Acme', state: 'open', createdAt: noon, openProjects: 1, defaultProject: projectId };
const project: Project = { projectId, account: accountId, name: 'A', state: 'open', createdAt: noon };
const closedAccount = { ...account, state: 'closed' } as const;
const closedProject = { ...project, state: 'closed' } as const;
const regions = [region('here'), region('there')];

describe('planAccount', () => {
  it('makes an unknown account', () => {
    expect(planAccount({ accountId, name: 'Acme' }, undefined, noon).steps).toMatchObject([
      { do: 'create-account', account: { accountId, state: 'open', openProjects: 0 } },
    ]);
  });

  it('renames a known one', () => {
    expect(planAccount({ accountId, name: 'New' }, account, noon)).toEqual({
      answer: { ...account, name: 'New' },
      steps: [{ do: 'rename-account', accountId, name: 'New' }],
    });
  });

  it('does nothing when the name is as stated', () => {
    expect(planAccount({ accountId, name: 'Acme' }, account, noon).steps).toEqual([]);
  });

  it('refuses the id under which public images stand with InvalidRequest', () => {
    expect(thrownBy(() => planAccount({ accountId: publicOwner, name: 'Acme' }, undefined, noon))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'accountId' }] },
    });
  });

  it('refuses to open a closed one again with AccountClosed', () => {
    expect(thrownBy(() => planAccount({ accountId, name: 'Acme' }, closedAccount, noon))).toMatchObject({
      code: 'AccountClosed',
      details: { rule: 'account.close' },
    });
  });
});

describe('planProject', () => {
  const wanted = { accountId, projectId, name: 'B' };

  it('makes an unknown project and counts it in its account', () => {
    const { steps } = planProject(wanted, { account, project: undefined }, noon);

    expect(steps.map((step) => step.do)).toEqual(['create-project', 'adopt-project']);
  });

  it('renames a known one', () => {
    expect(planProject(wanted, { account, project }, noon).steps).toEqual([{ do: 'rename-project', projectId, name: 'B' }]);
  });

  it.each([
    ['in an unknown account with AccountNotFound', { account: undefined, project: undefined }, 'AccountNotFound'],
    ['in a closed account with AccountClosed', { account: closedAccount, project: undefined }, 'AccountClosed'],
    ['that was closed with AccountClosed', { account, project: closedProject }, 'AccountClosed'],
    ['of another account with InvalidRequest', { account, project: { ...project, account: holder('globex') } }, 'InvalidRequest'],
  ])('refuses a project %s', (_, facts, code) => {
    expect(thrownBy(() => planProject(wanted, facts, noon))).toMatchObject({ code });
  });
});

describe('planProject of the id under which public images stand', () => {
  it('is refused with InvalidRequest', () => {
    const wanted = { accountId, projectId: publicOwner, name: 'B' };

    expect(thrownBy(() => planProject(wanted, { account, project: undefined }, noon))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'projectId' }] },
    });
  });
});

describe('planTrustedOwners', () => {
  const [h01, h02] = [holder('h01'), holder('h02')];
  const trusting = { ...account, trustedOwners: [h01, h02] };

  it('states the owners that are trusted, each once, in their order', () => {
    expect(planTrustedOwners(accountId, [h02, h01, h02], account)).toEqual({
      answer: [h02, h01],
      steps: [{ do: 'trust-owners', accountId, owners: [h02, h01] }],
    });
  });

  it.each<[string, Account, HolderId[]]>([
    ['none are named and none were', account, []],
    ['they are the same ones', trusting, [h01, h02]],
  ])('does nothing when %s', (_, known, owners) => {
    expect(planTrustedOwners(accountId, owners, known)).toEqual({ answer: owners, steps: [] });
  });

  it.each([
    ['takes one away', [h01]],
    ['takes all away', []],
    ['puts them in another order', [h02, h01]],
  ])('%s', (_, owners) => {
    expect(planTrustedOwners(accountId, owners, trusting).steps).toEqual([{ do: 'trust-owners', accountId, owners }]);
  });

  it.each([
    ['an unknown account with AccountNotFound', undefined, 'AccountNotFound'],
    ['a closed account with Forbidden', closedAccount, 'Forbidden'],
  ])('refuses %s', (_, known, code) => {
    expect(thrownBy(() => planTrustedOwners(accountId, [h01], known))).toMatchObject({ code });
  });
});

describe('planAccountClosing', () => {
  const closing = (parts: Partial<Parameters<typeof planAccountClosing>[1]> = {}) =>
    planAccountClosing(accountId, { account, holdings: undefined, regions, ...parts }, noon);

  it('closes an account only while it has images and instances in no region, and sweeps its shares when calls in flight are over', () => {
    expect(closing().steps).toEqual([
      { do: 'close-account', accountId },
      { do: 'require-none', what: 'images', region: 'here', holder: accountId },
      { do: 'require-none', what: 'instances', region: 'here', holder: accountId },
      { do: 'require-none', what: 'images', region: 'there', holder: accountId },
      { do: 'require-none', what: 'instances', region: 'there', holder: accountId },
      {
        do: 'put-due',
        due: { kind: 'holder', dueAt: noonSeconds + 900, ref: accountId, holder: accountId, holderKind: 'account' },
      },
    ]);
  });

  it('does nothing to an account that is closed', () => {
    expect(closing({ account: closedAccount }).steps).toEqual([]);
  });

  it('refuses an unknown account with AccountNotFound', () => {
    expect(thrownBy(() => closing({ account: undefined }))).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses an account that owns something with AccountInUse, and lists it', () => {
    expect(
      thrownBy(() => closing({ holdings: { images: [anImage()], instances: [anInstance()], projects: [projectId] } })),
    ).toMatchObject({
      code: 'AccountInUse',
      details: {
        rule: 'account.close',
        offenders: [
          { id: 'img-00000001', reason: 'image in ap-guangzhou' },
          { id: 'ins-00000001', reason: 'instance in ap-guangzhou' },
          { id: projectId, reason: 'open project' },
        ],
      },
    });
  });
});

describe('planProjectClosing', () => {
  const closing = (parts: Partial<Parameters<typeof planProjectClosing>[1]> = {}) =>
    planProjectClosing({ accountId, projectId }, { account, project, holdings: undefined, regions, ...parts }, noon);

  it('closes a project, uncounts it in its account, and sweeps its shares when calls in flight are over', () => {
    expect(closing().steps).toEqual([
      { do: 'close-project', projectId },
      { do: 'release-project', accountId, projectId, wasDefault: true },
      { do: 'require-none', what: 'images', region: 'here', holder: projectId },
      { do: 'require-none', what: 'instances', region: 'here', holder: projectId },
      { do: 'require-none', what: 'images', region: 'there', holder: projectId },
      { do: 'require-none', what: 'instances', region: 'there', holder: projectId },
      {
        do: 'put-due',
        due: { kind: 'holder', dueAt: noonSeconds + 900, ref: projectId, holder: projectId, holderKind: 'project' },
      },
    ]);
  });

  it('does nothing to a project that is closed', () => {
    expect(closing({ project: closedProject }).steps).toEqual([]);
  });

  it.each([
    ['a project that is unknown', undefined],
    ["another account's project", { ...project, account: holder('globex') }],
  ])('refuses %s with ProjectNotFound', (_, found) => {
    expect(thrownBy(() => closing({ project: found }))).toMatchObject({ code: 'ProjectNotFound' });
  });

  it('refuses a project that owns images with AccountInUse, and lists them', () => {
    expect(thrownBy(() => closing({ holdings: { images: [anImage()], instances: [], projects: [] } }))).toMatchObject({
      code: 'AccountInUse',
      details: { offenders: [{ id: 'img-00000001' }] },
    });
  });
});
