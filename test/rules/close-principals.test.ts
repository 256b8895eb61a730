import type { Account, Project } from '../../lib/model/principal.ts';
import { planCloseAccount, planCloseProject } from '../../lib/rules/close-principals.ts';
import { accessKeyId, anImage, anInstance, noon, noonSeconds, principal, region, thrownBy } from '../support/builders.ts';

const [accountId, projectId] = [principal('acme'), principal('org-a')];
const account: Account = { accountId, name: 'Acme', state: 'open', createdAt: noon, openProjects: 1, defaultProject: projectId };
const project: Project = { projectId, account: accountId, name: 'A', state: 'open', createdAt: noon };
const closedAccount = { ...account, state: 'closed' } as const;
const closedProject = { ...project, state: 'closed' } as const;
const regions = [region('here'), region('there')];

describe('planCloseAccount', () => {
  const planWith = (parts: Partial<Parameters<typeof planCloseAccount>[1]> = {}) =>
    planCloseAccount(accountId, { account, holdings: undefined, regions, ...parts }, noon);

  it('closes an account only if it has no images or instances in any region, and schedules the clean-up of its shares for after in-flight calls', () => {
    expect(planWith().steps).toEqual([
      { do: 'close-account', accountId, accessKeys: [] },
      { do: 'require-none', what: 'images', region: 'here', principal: accountId },
      { do: 'require-none', what: 'instances', region: 'here', principal: accountId },
      { do: 'require-none', what: 'images', region: 'there', principal: accountId },
      { do: 'require-none', what: 'instances', region: 'there', principal: accountId },
      {
        do: 'schedule-clean-up',
        task: { kind: 'principal', dueAt: noonSeconds + 900, ref: accountId, principal: accountId, principalKind: 'account' },
      },
    ]);
  });

  it('removes exactly the access keys of the account', () => {
    const accessKeys = [accessKeyId('AK1'), accessKeyId('AK2')];

    expect(planWith({ account: { ...account, accessKeys } }).steps.slice(0, 3)).toEqual([
      { do: 'close-account', accountId, accessKeys },
      { do: 'remove-access-key', accountId, keyId: 'AK1' },
      { do: 'remove-access-key', accountId, keyId: 'AK2' },
    ]);
  });

  it('does nothing if the account is already closed', () => {
    expect(planWith({ account: closedAccount }).steps).toEqual([]);
  });

  it('refuses an unknown account with AccountNotFound', () => {
    expect(thrownBy(() => planWith({ account: undefined }))).toMatchObject({ code: 'AccountNotFound' });
  });

  it('refuses an account that owns resources with AccountInUse, and lists them', () => {
    expect(
      thrownBy(() => planWith({ holdings: { images: [anImage()], instances: [anInstance()], projects: [projectId] } })),
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

describe('planCloseProject', () => {
  const planWith = (parts: Partial<Parameters<typeof planCloseProject>[1]> = {}) =>
    planCloseProject({ accountId, projectId }, { account, project, holdings: undefined, regions, ...parts }, noon);

  it("closes a project, decrements its account's count, and schedules the clean-up of its shares for after in-flight calls", () => {
    expect(planWith().steps).toEqual([
      { do: 'close-project', projectId },
      { do: 'remove-project', accountId, projectId, wasDefault: true },
      { do: 'require-none', what: 'images', region: 'here', principal: projectId },
      { do: 'require-none', what: 'instances', region: 'here', principal: projectId },
      { do: 'require-none', what: 'images', region: 'there', principal: projectId },
      { do: 'require-none', what: 'instances', region: 'there', principal: projectId },
      {
        do: 'schedule-clean-up',
        task: { kind: 'principal', dueAt: noonSeconds + 900, ref: projectId, principal: projectId, principalKind: 'project' },
      },
    ]);
  });

  it('leaves another default project of the account', () => {
    const withAnotherDefault = { ...account, defaultProject: principal('org-b') };

    expect(planWith({ account: withAnotherDefault }).steps).toContainEqual(expect.objectContaining({ wasDefault: false }));
  });

  it('does nothing if the project is already closed', () => {
    expect(planWith({ project: closedProject }).steps).toEqual([]);
  });

  it.each([
    ['an unknown project', undefined],
    ["another account's project", { ...project, account: principal('globex') }],
  ])('refuses %s with ProjectNotFound', (_, current) => {
    expect(thrownBy(() => planWith({ project: current }))).toMatchObject({ code: 'ProjectNotFound' });
  });

  it('refuses a project that owns images with AccountInUse, and lists them', () => {
    expect(thrownBy(() => planWith({ holdings: { images: [anImage()], instances: [], projects: [] } }))).toMatchObject({
      code: 'AccountInUse',
      details: { offenders: [{ id: 'img-00000001' }] },
    });
  });
});
