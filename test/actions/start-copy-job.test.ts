import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getCopyJob } from '../../functions/get-copy-job.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import type { CopyJobView } from '../../lib/model/views/copy-job.ts';
import {
  anImageIn,
  fixtureOf,
  policyFixtures,
  principal,
  principals,
  refusalFields,
  regions,
  secondsFromNoon,
} from '../support/builders.ts';
import { type CallOptions, InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const compute: CallOptions = { as: 'platform', scopes: ['compute'] };

describe.each(policyFixtures)('startCopyJob under $name', (fixture) => {
  const { policy, region, otherRegion, principalOf } = fixture;
  const [friend, guest] = [principalOf('friend'), principalOf('guest')];
  const image = anImageIn(fixture, { tags: { role: 'web' } });
  const key = { region, imageId: image.imageId };
  const request = {
    ...key,
    destinations: [{ region: otherRegion }, { region, name: 'web-here' }],
    recipients: [friend, guest],
    acknowledgeRisk: true,
  };
  const isImmediate = policy.pendingMayBeShared;
  const aService = async (store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest', ...principals(50))).putImages(image);
  const report = (service: InMemoryService, { copies }: CopyJobView, state: 'available' | 'failed', at = 0) => {
    const { region: copyRegion, imageId } = copies[at] as CopyJobView['copies'][number];
    return service.call(reportImageState, { region: copyRegion, imageId, state }, compute);
  };
  const sharesOf = async (service: InMemoryService, { copies }: CopyJobView, at = 0) =>
    (await service.call(listImageShares, copies[at] as CopyJobView['copies'][number])).shares.map(({ recipient }) => recipient);
  const current = (service: InMemoryService, { jobId }: CopyJobView) => service.call(getCopyJob, { region, jobId });
  const problems = (service: InMemoryService) => fsck({ store: service.store, regions, now: service.now });
  /** A job whose call was killed after its first transaction, where more would have followed. */
  const aPlannedJob = async (fields: object = {}, options: CallOptions = {}) => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    if (isImmediate) {
      store.beforeNextCommit(async () => {});
      store.beforeNextCommit(async () => {
        throw new Error('The process was killed');
      });
    }
    const started = service.call(startCopyJob, { ...request, ...fields }, options);
    const job = await started.catch(async () => {
      const { entries } = await store.copyJobsOf({ region, principal: image.owner }, { limit: 1 });
      return service.call(getCopyJob, { ...entries[0] });
    });
    return { service, store, job };
  };

  describe('effects', () => {
    it('creates one copy in each region, with the details of the image and its own name', async () => {
      const service = await aService();
      const job = await service.call(startCopyJob, request);

      expect(job).toMatchObject({ region, imageId: image.imageId, state: 'running', startedBy: 'owner', recipientCount: 2 });
      const copies = await Promise.all(job.copies.map((copy) => service.call(getImage, copy)));
      expect(copies).toMatchObject([
        { region: otherRegion, name: image.name, state: 'copying', tags: { role: 'web' }, origin: 'copy' },
        { region, name: 'web-here', state: 'copying' },
      ]);
      expect(await service.usedCount('images', otherRegion, image.owner)).toBe(1);
      expect(await service.usedCount('images', region, image.owner)).toBe(2);
      expect(await problems(service)).toEqual([]);
    });

    it(`shares the copies ${isImmediate ? 'in the same call' : 'when they are available'}`, async () => {
      const service = await aService();
      const job = await service.call(startCopyJob, request);

      expect(job.copies.map(({ sharing }) => sharing)).toEqual(isImmediate ? ['shared', 'shared'] : ['planned', 'planned']);
      await report(service, job, 'available');
      expect(await current(service, job)).toMatchObject({
        state: 'running',
        copies: [
          {
            state: 'available',
            sharing: 'shared',
            recipients: [
              { recipient: friend, state: 'shared' },
              { recipient: guest, state: 'shared' },
            ],
          },
          { state: 'copying', sharing: isImmediate ? 'shared' : 'planned' },
        ],
      });
      expect(await sharesOf(service, job)).toEqual([friend, guest]);
      await expect(service.call(getImage, job.copies[0] ?? {}, { as: 'friend' })).resolves.toMatchObject({
        visibility: 'shared',
      });
      await report(service, job, 'available', 1);
      expect(await current(service, job)).toMatchObject({ state: 'succeeded' });
      expect(await problems(service)).toEqual([]);
    });

    it('lets nobody see a copy that is only planned to be shared', async () => {
      const { service, job } = await aPlannedJob();

      await expect(service.call(getImage, job.copies[0] ?? {}, { as: 'friend' })).rejects.toMatchObject({
        code: 'ImageNotFound',
      });
      expect(await service.recordsOf(friend, policy.principalKind)).toEqual([]);
    });

    it('shares with 50 recipients until the expiration of the job', async () => {
      const service = await aService();
      const recipients = principals(50).map((id) => principalOf(id));
      const expiresAt = secondsFromNoon(60).toISOString();
      const job = await service.call(startCopyJob, { ...request, recipients, expiresAt });
      await report(service, job, 'available');

      const { shares, used } = await service.call(listImageShares, job.copies[0] ?? {});
      expect([used, shares[0]]).toEqual([50, expect.objectContaining({ expiresAt, sharedBy: 'owner' })]);
      expect(job).toMatchObject({ expiresAt });
      service.passSeconds(60);
      await service.cleanUp();
      expect((await current(service, job)).copies[0]).toMatchObject({ sharing: 'ended' });
      expect(await problems(service)).toEqual([]);
    });

    it('lists planned recipients for the owner until the copy is shared, and counts them toward its limit', async () => {
      const { service, job } = await aPlannedJob();
      const [copy = {}] = job.copies;
      const listed = () => service.call(listImageShares, copy);

      expect(await listed()).toMatchObject({
        used: 0,
        remaining: policy.recipientsPerImageMax - 2,
        shares: [],
        plannedShares: { recipients: [friend, guest], copyJob: { region, jobId: job.jobId } },
      });
      const cancelled = await service.call(cancelImageShares, { ...copy, recipient: [guest] });
      expect([cancelled.cancelled, cancelled.remaining]).toEqual([[guest], policy.recipientsPerImageMax - 1]);
      expect((await listed()).plannedShares?.recipients).toEqual([friend]);
      await report(service, job, 'available');
      expect(await listed()).toMatchObject({ used: 1, remaining: policy.recipientsPerImageMax - 1 });
      expect(await listed()).not.toHaveProperty('plannedShares');
    });

    it('records the copy and the plan for the owner, and the share for the recipients too', async () => {
      const service = await aService();
      const job = await service.call(startCopyJob, { ...request, destinations: [{ region: otherRegion }] });
      service.passSeconds(1);
      await report(service, job, 'available');
      const actions = async (who: string) =>
        (await service.recordsOf(principalOf(who), policy.principalKind)).map(({ action, actor, from }) => [action, actor, from]);
      const [created, shared, reported] = [
        [
          ['PlanImageShares', 'owner', '192.0.2.1'],
          ['CopyImage', 'owner', '192.0.2.1'],
        ],
        ['ShareImage', 'owner', isImmediate ? '192.0.2.1' : undefined],
        ['ReportImageState', 'platform', '192.0.2.1'],
      ];

      expect(await actions('owner')).toEqual(isImmediate ? [reported, shared, ...created] : [shared, reported, ...created]);
      expect(await actions('friend')).toEqual([['ShareImage', 'owner', undefined]]);
    });
  });

  describe('recipients that can no longer be added', () => {
    it('are left out, and the job tells why', async () => {
      const { service, job } = await aPlannedJob();
      await service.close('guest');
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([friend]);
      expect((await current(service, job)).copies[0]).toMatchObject({
        sharing: 'partly',
        recipients: [
          { recipient: friend, state: 'shared' },
          { recipient: guest, state: 'failed', code: 'RecipientNotFound', rule: 'share.recipient-exists', reason: /active/ },
        ].map(({ reason, ...rest }) => (reason === undefined ? rest : { ...rest, reason: expect.stringMatching(reason) })),
      });
      const [dropped] = (await service.recordsOf(image.owner, policy.principalKind)).filter(
        ({ action }) => action === 'DropPlannedShares',
      );
      expect(dropped).toMatchObject({ recipients: [guest] });
      expect(await service.recordsOf(guest, policy.principalKind)).toEqual([]);
    });

    it('are left out when they no longer accept images of the owner', async () => {
      const { service, job } = await aPlannedJob();
      const acceptance = { from: 'anyone', blockedOwners: [image.owner] };
      const asGuest = { as: 'guest', ...(policy.principalKind === 'project' && { project: 'org-guest' }) };
      await service.call(putShareAcceptance, acceptance, asGuest);
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([friend]);
      expect((await current(service, job)).copies[0]?.recipients[1]).toMatchObject({
        state: 'failed',
        rule: 'share.recipient-accepts',
      });
    });

    it('are left out when the expiration passed before the copy was available', async () => {
      const { service, job } = await aPlannedJob({ expiresAt: secondsFromNoon(60).toISOString() });
      service.passSeconds(60);
      await report(service, job, 'available');
      await report(service, job, 'available', 1);

      expect(await sharesOf(service, job)).toEqual([]);
      expect(await current(service, job)).toMatchObject({
        state: 'failed',
        copies: [{ sharing: 'failed', recipients: [{ rule: 'share.expiry' }, { rule: 'share.expiry' }] }, { sharing: 'failed' }],
      });
      expect(await problems(service)).toEqual([]);
    });

    it('are all left out once the job has expired', async () => {
      const { service, job } = await aPlannedJob();
      service.passSeconds(91 * 86_400);
      await expect(current(service, job)).rejects.toMatchObject({ code: 'CopyJobNotFound' });
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([]);
    });
  });

  it('shares nothing of a copy that failed, and tells so', async () => {
    const service = await aService();
    const job = await service.call(startCopyJob, request);
    await report(service, job, 'failed');

    expect((await current(service, job)).copies[0]).toMatchObject({
      state: 'failed',
      sharing: 'failed',
      recipients: [{ state: 'failed', reason: 'The copy failed.' }, { state: 'failed' }],
    });
    await report(service, job, 'available', 1);
    expect(await current(service, job)).toMatchObject({ state: 'partly' });
    expect(await problems(service)).toEqual([]);
  });

  describe('what the owner does in the meantime', () => {
    it.each<[string, typeof cancelImageShares | typeof setImageShares, object]>([
      ['stops one', cancelImageShares, { recipient: guest }],
      ['stops several', cancelImageShares, { recipient: [guest, principal('nobody')] }],
    ])('%s: it is not brought back', async (_, action, fields) => {
      const { service, job } = await aPlannedJob();
      await service.call(action as typeof cancelImageShares, { ...job.copies[0], ...fields });
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([friend]);
      expect((await current(service, job)).copies[0]).toMatchObject({ sharing: 'partly', recipients: [{}, { state: 'ended' }] });
    });

    it.each<[string, typeof cancelImageShares | typeof setImageShares, object]>([
      ['stops all', cancelImageShares, { all: 'true' }],
      ['sets an empty list', setImageShares, { recipients: [] }],
    ])('%s: nothing is shared', async (_, action, fields) => {
      const { service, job } = await aPlannedJob();
      await service.call(action as typeof setImageShares, { ...job.copies[0], ...fields });
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([]);
      expect((await current(service, job)).copies[0]).toMatchObject({ sharing: 'ended' });
      expect(await problems(service)).toEqual([]);
    });

    it('stops every share with a recipient: also the planned ones', async () => {
      const { service, job } = await aPlannedJob();
      const { stopped } = await service.call(stopShares, { recipient: guest });
      await report(service, job, 'available');

      expect(stopped).toHaveLength(2);
      expect(await sharesOf(service, job)).toEqual([friend]);
    });

    it('deletes the copy: the job tells so', async () => {
      const { service, job } = await aPlannedJob();
      await service.call(deleteImage, job.copies[0] ?? {});

      expect((await current(service, job)).copies[0]).toMatchObject({ state: 'deleted', sharing: 'ended' });
      expect(await problems(service)).toEqual([]);
    });

    it('stops a recipient while the report is being committed: the report drops it too', async () => {
      const { service, store, job } = await aPlannedJob();
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...job.copies[0], recipient: guest }));
      await report(service, job, 'available');

      expect(await sharesOf(service, job)).toEqual([friend]);
    });

    it('stops a recipient that the report shares with at the same time: it loses access', async () => {
      const { service, store, job } = await aPlannedJob();
      store.beforeNextCommit(() => report(service, job, 'available'));
      await service.call(cancelImageShares, { ...job.copies[0], recipient: guest });

      expect(await sharesOf(service, job)).toEqual([friend]);
    });
  });

  describe('a call that was interrupted', () => {
    it('is finished by repeating it, without a second job', async () => {
      const { service, store, job } = await aPlannedJob({}, { key: 'once' });
      const repeated = await service.call(startCopyJob, request, { key: 'once' });

      expect(repeated.jobId).toBe(job.jobId);
      expect(repeated.copies[0]).toMatchObject({ sharing: isImmediate ? 'shared' : 'planned' });
      expect((await store.copyJobsOf({ region, principal: image.owner }, { limit: 10 })).entries).toHaveLength(1);
      expect(await service.usedCount('images', otherRegion, image.owner)).toBe(1);
    });

    it('is finished by the clean-up', async () => {
      const { service, job } = await aPlannedJob();
      service.passSeconds(900);
      expect(await service.cleanUp()).toMatchObject({ failed: [] });

      expect((await current(service, job)).copies[0]).toMatchObject({ sharing: isImmediate ? 'shared' : 'planned' });
      await report(service, job, 'available');
      expect(await sharesOf(service, job)).toEqual([friend, guest]);
      expect(await problems(service)).toEqual([]);
    });

    it('counts planned recipients toward the limit until then', async () => {
      const recipients = principals(50).map((id) => principalOf(id));
      const { service, job } = await aPlannedJob({ recipients });
      const share = () => service.refusalOf(shareImage, { ...job.copies[0], recipients: [friend], acknowledgeRisk: true });

      expect(await share()).toMatchObject({ code: isImmediate ? 'ShareCapExceeded' : 'ImageNotShareable' });
    });
  });

  describe('refusals, which create nothing', () => {
    it('refuses a full quota in one of the regions and names it', async () => {
      const service = await aService();
      await service.setImageCount(otherRegion, image.owner, policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(startCopyJob, request)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', detail: expect.stringContaining(otherRegion) },
      });
      expect(await service.refusalOf(startCopyJob, request, { isDryRun: true })).toMatchObject({ code: 'ImageQuotaExceeded' });
    });

    it.each<[string, object, object]>([
      ['an unknown recipient', { recipients: ['nobody'] }, { code: 'RecipientNotFound' }],
      ['the owner as a recipient', { recipients: [image.owner] }, { code: 'RecipientIsOwner' }],
      [
        'a region of another cloud',
        {
          destinations: [
            { region: otherRegion },
            { region: fixtureOf(fixture.name === 'tencent' ? 'alibaba' : 'tencent').region },
          ],
        },
        { code: 'InvalidRequest', details: { rule: 'owner.copies', offenders: [{ id: 'destinations[1].region' }] } },
      ],
      ['an unknown region', { destinations: [{ region: 'nowhere' }] }, { code: 'RegionNotFound' }],
      [
        "another account's project",
        { destinations: [{ region: otherRegion, project: 'org-friend' }] },
        { details: { rule: 'owner.copies', offenders: [{ id: 'destinations[0].project' }] } },
      ],
      ['an expiration in the past', { expiresAt: secondsFromNoon(-1).toISOString() }, { details: { rule: 'share.expiry' } }],
    ])('refuses %s', async (_, fields, expected) => {
      expect(await (await aService()).refusalOf(startCopyJob, { ...request, ...fields })).toMatchObject(expected);
    });

    it('refuses an image that its rules never let be shared, with its ID', async () => {
      const service = await aService();
      const unfit = anImageIn(fixture, fixture.name === 'ucloud' ? { product: 'lightweight' } : { encryption: 'service' });
      await service.commit([{ do: 'create-image', image: { ...unfit, imageId: 'img-unfit' as typeof unfit.imageId } }]);
      const refusal = await service.refusalOf(startCopyJob, { ...request, imageId: 'img-unfit' });

      expect(refusalFields(refusal)).toMatchObject({ code: 'ImageNotShareable', detail: expect.stringContaining('img-unfit') });
    });

    it('refuses a recipient of the image, and strangers as for an image that never existed', async () => {
      const service = await aService();
      await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true });

      expect(await service.refusalOf(startCopyJob, request, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.no-copy' },
      });
      expect(await service.refusalOf(startCopyJob, request, { as: 'guest' })).toMatchObject({ code: 'ImageNotFound' });
    });

    it(`${policy.riskAcknowledgement === 'required' ? 'requires' : "doesn't require"} a confirmation of the risk`, async () => {
      const service = await aService();
      const call = service.call(startCopyJob, { ...request, acknowledgeRisk: false });

      await (policy.riskAcknowledgement === 'required'
        ? expect(call).rejects.toMatchObject({ code: 'RiskNotAcknowledged' })
        : expect(call).resolves.toMatchObject({ recipientCount: 2 }));
    });
  });

  it('writes nothing in a dry run', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();
    await service.call(startCopyJob, request, { isDryRun: true });

    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it("is nobody else's business", async () => {
    const service = await aService();
    const { jobId } = await service.call(startCopyJob, request);
    const refusals = [
      await service.refusalOf(getCopyJob, { region, jobId }, { as: 'friend' }),
      await service.refusalOf(getCopyJob, { region: otherRegion, jobId }),
    ];

    expect(refusals).toMatchObject([{ code: 'CopyJobNotFound' }, { code: 'CopyJobNotFound' }]);
  });
});

describe('startCopyJob under ucloud', () => {
  it('gives a copy to another project of the account, which can also be a recipient elsewhere', async () => {
    const fixture = fixtureOf('ucloud');
    const image = anImageIn(fixture);
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);
    const project = {
      projectId: principal('org-2'),
      account: principal('owner'),
      name: '2',
      state: 'open',
      createdAt: service.now(),
    } as const;
    await service.commit([
      { do: 'create-project', project },
      { do: 'add-project', project },
    ]);
    const request = { region: image.region, imageId: image.imageId, acknowledgeRisk: true };
    const destinations = [{ region: fixture.otherRegion, project: 'org-2' }];

    const job = await service.call(startCopyJob, { ...request, destinations, recipients: ['org-friend'] });
    expect((await service.store.image(job.copies[0] as never))?.owner).toBe('org-2');
    expect(await service.refusalOf(startCopyJob, { ...request, destinations, recipients: ['org-2'] })).toMatchObject({
      code: 'RecipientIsOwner',
    });
  });
});
