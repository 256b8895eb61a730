import { listCopyJobs } from '../../functions/list-copy-jobs.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { anImageIn, imageId, policyFixtures } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('listCopyJobs under $name', (fixture) => {
  const { region, otherRegion, principalOf } = fixture;
  const web = anImageIn(fixture);
  const other = anImageIn(fixture, { imageId: imageId('other') });
  /** Three jobs of `web` and one of `other`, in this order. */
  const aService = async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(web, other);
    const jobs: string[] = [];
    for (const image of [web, web, web, other]) {
      service.passSeconds(1);
      const { jobId } = await service.call(startCopyJob, {
        region,
        imageId: image.imageId,
        destinations: [{ region: otherRegion }],
        recipients: [principalOf('friend')],
        acknowledgeRisk: true,
      });
      jobs.unshift(jobId);
    }
    return { service, jobs };
  };

  it('lists the jobs newest first, page by page, each as it is now and without recipients', async () => {
    const { service, jobs } = await aService();
    const first = await service.call(listCopyJobs, { region, limit: '3' });
    const second = await service.call(listCopyJobs, { region, limit: '3', cursor: first.nextCursor });

    expect([...first.jobs, ...second.jobs].map(({ jobId }) => jobId)).toEqual(jobs);
    expect(second).not.toHaveProperty('nextCursor');
    const [copy] = first.jobs[0]?.copies ?? [];
    await service.call(reportImageState, { ...copy, state: 'available' }, { as: 'platform', scopes: ['compute'] });
    const { jobs: latest } = await service.call(listCopyJobs, { region });
    expect(latest.map(({ state }) => state)).toEqual(['succeeded', 'running', 'running', 'running']);
    expect(latest[0]).toMatchObject({ imageId: 'other', recipientCount: 1, copies: [{ state: 'available', sharing: 'shared' }] });
    expect(JSON.stringify(latest)).not.toContain('friend');
  });

  it('lists the jobs of one image', async () => {
    const { service, jobs } = await aService();

    expect((await service.call(listCopyJobs, { region, imageId: web.imageId })).jobs.map(({ jobId }) => jobId)).toEqual(
      jobs.slice(1),
    );
  });

  it('finds jobs by parts of their ID, their image, and their regions', async () => {
    const { service, jobs } = await aService();
    const found = async (search: string) =>
      (await service.call(listCopyJobs, { region, search })).jobs.map(({ jobId }) => jobId as string);

    expect(await found('OTH')).toEqual(jobs.slice(0, 1));
    expect(await found(jobs[2]?.slice(5) ?? '')).toEqual(jobs.slice(2, 3));
    expect(await found(otherRegion)).toEqual(jobs);
    expect(await found('nothing')).toEqual([]);
  });

  it("lists nobody else's jobs, none of other regions, and none that have expired", async () => {
    const { service } = await aService();

    expect(await service.call(listCopyJobs, { region }, { as: 'friend' })).toEqual({ jobs: [] });
    expect(await service.call(listCopyJobs, { region: otherRegion })).toEqual({ jobs: [] });
    service.passSeconds(90 * 86_400);
    expect(await service.call(listCopyJobs, { region })).toEqual({ jobs: [] });
  });

  it('refuses a cursor of another list', async () => {
    const { service } = await aService();
    const { nextCursor } = await service.call(listCopyJobs, { region, limit: '1' });

    expect(await service.refusalOf(listCopyJobs, { region, cursor: nextCursor, imageId: web.imageId })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});
