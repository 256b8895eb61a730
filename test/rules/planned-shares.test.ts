import type { CopyJob } from '../../lib/model/copy-job.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Account, Project } from '../../lib/model/principal.ts';
import { canGetPlannedShares, planPlannedShares } from '../../lib/rules/planned-shares.ts';
import { recordOf } from '../../lib/rules/records.ts';
import { aCopyJob, anImageIn, aStamp, fixtureOf, noon, noonSeconds, policyFixtures, principals } from '../support/builders.ts';

const [h01, h02, h03] = principals(3) as [PrincipalId, PrincipalId, PrincipalId];

describe.each(policyFixtures)('under $name', (fixture) => {
  const { policy } = fixture;
  const job = aCopyJob();
  const image = anImageIn(fixture, { plannedShares: { job, recipients: [h01] } });
  const stored = { state: 'open', name: '', createdAt: noon } as const;
  const everyone = {
    accounts: new Map(
      principals(3).map((accountId): [PrincipalId, Account] => [accountId, { ...stored, accountId, openProjects: 0 }]),
    ),
    projects: new Map(
      principals(3).map((projectId): [PrincipalId, Project] => [projectId, { ...stored, projectId, account: h01 }]),
    ),
  };
  const plan = (parts: Partial<CopyJob> = {}, options: object = {}, subject: Image = image) =>
    planPlannedShares(subject, { ...everyone, job: { ...job, ...parts } }, { policy, stamp: aStamp(), ...options });
  const stepNames = (steps: ReturnType<typeof plan>) => steps.map((step) => step.do);

  describe('canGetPlannedShares', () => {
    it.each<[string, boolean, Partial<Image>]>([
      ['an available image', true, {}],
      ['a pending image if it can be shared', policy.pendingMayBeShared, { state: 'pending' }],
      ['a deleted image', false, { state: 'deleted', deletedAt: noon }],
    ])('decides on %s: %s', (_, expected, parts) => {
      expect(canGetPlannedShares({ ...image, ...parts }, policy)).toBe(expected);
    });

    it('is false for an image without planned shares', () => {
      expect(canGetPlannedShares(anImageIn(fixture), policy)).toBe(false);
    });
  });

  describe('planPlannedShares', () => {
    it('shares the image, and tells nothing about refusals if there are none', () => {
      const steps = plan();

      expect(stepNames(steps)).toEqual(['change-image', 'put-record', 'put-share']);
      expect(steps[0]).toMatchObject({ change: { entries: { [h01]: 0 }, plannedShares: null } });
    });

    it('tells who was refused and why', () => {
      const refused = [{ recipient: h01, code: 'RecipientNotFound', rule: 'share.recipient-exists', reason: expect.any(String) }];
      const nobody = { accounts: new Map(), projects: new Map() };
      const steps = planPlannedShares(image, { ...nobody, job }, { policy, stamp: aStamp() });

      expect(stepNames(steps)).toEqual(['change-image', 'put-record', 'record-refused-shares']);
      expect(steps[2]).toMatchObject({ key: job, region: image.region, refused });
    });

    it('shares with nobody if the job has expired', () => {
      const steps = plan({ expiresAt: noonSeconds });

      expect(stepNames(steps)).toEqual(['change-image', 'put-record']);
      expect(steps[1]).toMatchObject({ record: { action: 'DropPlannedShares', recipients: [h01], actor: 'service' } });
    });
  });

  describe('planPlannedShares with a report', () => {
    const making = { ...image, state: 'copying', recipients: { [h02]: 0, [h03]: noonSeconds } } as const;
    const record = recordOf('ReportImageState', image, { policy, stamp: aStamp(), state: 'available' });
    const report = { details: { state: 'available' }, record };
    const unchanged = { state: 'copying', products: image.products, exactly: making.recipients };

    it('updates the items of the shares that the image keeps', () => {
      const steps = plan({}, { report }, making);

      expect(steps[0]).toMatchObject({ expect: unchanged, change: { details: report.details } });
      expect(steps.flatMap((step) => (step.do === 'update-share' ? [step.share] : []))).toMatchObject([
        { recipient: h02, listed: { state: 'available' } },
      ]);
    });

    it('requires an unchanged image even if it is shared with nobody', () => {
      expect(plan({ expiresAt: noonSeconds }, { report }, making)[0]).toMatchObject({ expect: unchanged });
    });
  });
});

describe('planPlannedShares of a job that did not acknowledge the risk', () => {
  it.each([
    ['tencent', []],
    ['alibaba', []],
    ['ucloud', [{ recipient: h01, code: 'RiskNotAcknowledged' }]],
  ])('refuses under %s %j', (name, expected) => {
    const { policy, ...fixture } = fixtureOf(name);
    const job = aCopyJob({ riskAcknowledged: false });
    const account: Account = { accountId: h01, name: '', state: 'open', createdAt: noon, openProjects: 0 };
    const project: Project = { projectId: h01, account: h01, name: '', state: 'open', createdAt: noon };
    const facts = { job, accounts: new Map([[h01, account]]), projects: new Map([[h01, project]]) };
    const image = anImageIn({ policy, ...fixture }, { plannedShares: { job, recipients: [h01] } });
    const steps = planPlannedShares(image, facts, { policy, stamp: aStamp() });

    expect(steps.flatMap((step) => (step.do === 'record-refused-shares' ? step.refused : []))).toMatchObject(expected);
  });
});
