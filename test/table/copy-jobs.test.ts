import { retry } from '../../lib/app/retry.ts';
import type { RefusedShare } from '../../lib/model/copy-job.ts';
import type { CopyJobId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { aCopyJob, anImage, principal, principals, region, secondsFromNoon } from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { stores } from './stores.ts';

const job = aCopyJob();
const key = { region: job.region, jobId: job.jobId };
const create: Step = { do: 'create-copy-job', job };
const refused: RefusedShare[] = [{ recipient: principal('h01'), code: 'RecipientNotFound', reason: 'Closed' }];

const commit = (store: Store, ...steps: Step[]) => retry(() => store.commit(steps), noWaitBudget());
const jobIn = async (store: Store) => (await retry(() => store.read({ copyJobs: [key] }), noWaitBudget())).copyJobs[0];

describe.each(stores)('%s: copy jobs', (_, make) => {
  it('creates a job once, and reads it immediately as written', async () => {
    const { store } = await make();

    expect(await jobIn(store)).toBeUndefined();
    expect(await commit(store, create)).toEqual({ committed: true });
    expect(await jobIn(store)).toEqual(job);
    expect(await commit(store, create)).toMatchObject({ committed: false });
  });

  it('records refused shares by region, of jobs that exist', async () => {
    const { store } = await make();
    const record = (name: string): Step => ({ do: 'record-refused-shares', key, region: region(name), refused });
    expect(await commit(store, record('ap-guangzhou'))).toMatchObject({ committed: false });
    await commit(store, create);

    await commit(store, record('ap-guangzhou'));
    await commit(store, record('ap-shanghai'));
    expect((await jobIn(store))?.refused).toEqual({ 'ap-guangzhou': refused, 'ap-shanghai': refused });
  });

  it('lists the jobs of a principal in a region newest first, page by page', async () => {
    const { store, settle } = await make();
    const ids = ['b', 'd', 'a', 'c'] as CopyJobId[];
    for (const [at, jobId] of ids.entries()) {
      await commit(store, { do: 'create-copy-job', job: aCopyJob({ jobId, createdAt: secondsFromNoon(at) }) });
    }
    await commit(store, { do: 'create-copy-job', job: aCopyJob({ owner: principal('other') }) });
    await commit(store, { do: 'create-copy-job', job: aCopyJob({ region: region('ap-shanghai') }) });
    await settle();

    const list = async (after?: string) =>
      await retry(() => store.copyJobsOf({ region: job.region, principal: job.owner }, { limit: 3, after }), noWaitBudget());
    const first = await list();
    const second = await list(first.next);
    expect([...first.entries, ...second.entries]).toEqual(ids.toReversed().map((jobId) => ({ region: job.region, jobId })));
    expect((await list(first.positions[1])).entries.map(({ jobId }) => jobId)).toEqual(['d', 'b']);
  });

  it('changes planned shares only while they are as expected', async () => {
    const { store } = await make();
    const image = anImage({ state: 'copying', plannedShares: { job: key, recipients: principals(2) } });
    await commit(store, { do: 'create-image', image });
    const current = async () => (await retry(() => store.read({ images: [image] }), noWaitBudget())).image;
    const change = (expected: string[], left: string[] | null): Step => ({
      do: 'change-image',
      key: image,
      owner: image.owner,
      expect: { plannedShares: { job: key, recipients: expected.map(principal) } },
      change: { plannedShares: left && { job: key, recipients: left.map(principal) } },
    });

    expect(await commit(store, change(['h01'], null))).toEqual({ committed: false, image });
    expect(await commit(store, change(['h01', 'h02'], ['h02']))).toEqual({ committed: true });
    expect((await current())?.plannedShares?.recipients).toEqual(['h02']);
    expect(await commit(store, change(['h02'], null))).toEqual({ committed: true });
    expect(await current()).not.toHaveProperty('plannedShares');
    expect(await commit(store, change(['h02'], null))).toMatchObject({ committed: false });
  });

  it('includes jobs in a scan', async () => {
    const { store } = await make();
    await commit(store, create);
    const stored = [];
    for await (const item of store.everything()) {
      stored.push(item);
    }

    expect(stored.filter(({ of }) => of === 'copy-job')).toEqual([{ of: 'copy-job', job }]);
  });
});
