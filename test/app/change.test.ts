import { change, forecast, loadWanted } from '../../lib/app/change.ts';
import { delayMs, type RetryBudget, withRetry } from '../../lib/app/retry.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { Plan, Step } from '../../lib/model/plan.ts';
import { Contention, type Facts, type Store } from '../../lib/table/store.ts';
import { anImage, principal, principals, sharedWith } from '../support/builders.ts';
import { noWaitBudget } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

const image = anImage();
const addOne = (name: string): Step => ({
  do: 'change-image',
  key: image,
  owner: image.owner,
  expect: { absent: [principal(name)] },
  change: { entries: { [principal(name)]: 0 } },
});

/** A memory store that counts its reads and commits, and runs a callback before each commit. */
class CountingStore extends MemoryStore {
  reads = 0;
  commits = 0;
  beforeCommit: (turn: number) => Promise<void> | void = () => {};

  override read(...wanted: Parameters<Store['read']>) {
    this.reads += 1;
    return super.read(...wanted);
  }

  override async commit(steps: readonly Step[]) {
    this.commits += 1;
    await this.beforeCommit(this.commits);
    return super.commit(steps);
  }
}

async function countingStore(recipients = {}): Promise<CountingStore> {
  const store = new CountingStore();
  await store.commit([{ do: 'create-image', image: { ...image, recipients } }]);
  store.commits = 0;
  return store;
}

const countOf = ({ image: current }: Facts): number => Object.keys(current?.recipients ?? {}).length;

describe('change', () => {
  it('reads once and commits once without conflicts', async () => {
    const store = await countingStore();

    const result = await change({
      store,
      load: loadWanted(store, { images: [image] }),
      budget: noWaitBudget(),
      decide: () => ({ steps: [addOne('a')], result: 'done' }),
    });

    expect([result, store.reads, store.commits]).toEqual(['done', 1, 1]);
  });

  it('commits nothing for a plan without steps, and nothing in a dry run', async () => {
    const store = await countingStore();
    const options = { store, load: loadWanted(store, { images: [image] }), budget: noWaitBudget() };

    await change({ ...options, decide: () => ({ steps: [], result: null }) });
    await forecast({ ...options, decide: () => ({ steps: [addOne('a')], result: null }) });

    expect(store.commits).toBe(0);
  });

  it('decides again on the image returned by the failed condition, without another read', async () => {
    const store = await countingStore();
    store.beforeCommit = async (turn) => {
      if (turn === 1) {
        await MemoryStore.prototype.commit.call(store, [addOne('a')]);
      }
    };
    const counts: number[] = [];

    await change({
      store,
      load: loadWanted(store, { images: [image] }),
      budget: noWaitBudget(),
      decide: (facts): Plan<null> => {
        counts.push(countOf(facts));
        return { result: null, steps: countOf(facts) === 0 ? [addOne('a')] : [addOne('b')] };
      },
    });

    expect(counts).toEqual([0, 1]);
    expect(store.reads).toBe(1);
  });

  it('reads everything again when a result may have been recorded concurrently', async () => {
    const store = await countingStore({ [principal('a')]: 0 });
    const plans = [[addOne('a')], [addOne('b')]];

    await change({
      store,
      load: loadWanted(store, { images: [image], idempotencyKey: 'key' }),
      budget: noWaitBudget(),
      decide: () => ({ steps: plans.shift() ?? [], result: null }),
    });

    expect(store.reads).toBe(2);
  });

  it('refuses based on the facts that made the condition fail', async () => {
    const store = await countingStore();
    store.beforeCommit = async (turn) => {
      if (turn === 1) {
        await MemoryStore.prototype.commit.call(store, [addOne('a')]);
      }
    };

    const result = change({
      store,
      load: loadWanted(store, { images: [image] }),
      budget: noWaitBudget(),
      decide: (facts) => {
        if (countOf(facts) > 0) {
          throw new ActionError('ShareCapExceeded', { detail: `${countOf(facts)} present` });
        }
        return { steps: [addOne('a')], result: null };
      },
    });

    await expect(result).rejects.toMatchObject({ code: 'ShareCapExceeded', details: { detail: '1 present' } });
  });

  it('gives up with Unavailable after 30 failed plans', async () => {
    const store = await countingStore(sharedWith(principals(1)));

    const call = change({
      store,
      load: loadWanted(store, { images: [image] }),
      budget: noWaitBudget(),
      decide: () => ({ steps: [addOne('h01')], result: null }),
    });

    await expect(call).rejects.toMatchObject({ code: 'Unavailable', details: { retryAfterSeconds: 1 } });
    expect(store.commits).toBe(30);
  });

  it('backs off and retries on contention, and refuses with Unavailable when out of time', async () => {
    const store = await countingStore();
    store.beforeCommit = () => {
      throw new Contention('TransactionConflict');
    };
    const waits: number[] = [];
    let remaining = 6_000;
    const budget: RetryBudget = {
      remainingMs: () => remaining,
      random: () => 1,
      wait: async (ms) => {
        waits.push(ms);
        remaining -= ms;
      },
    };

    const call = change({
      store,
      load: loadWanted(store, { images: [image] }),
      budget,
      decide: () => ({ steps: [addOne('a')], result: null }),
    });

    await expect(call).rejects.toMatchObject({
      code: 'Unavailable',
      details: { detail: expect.stringMatching(/^Couldn't complete the request, because .* Try again\.$/), retryAfterSeconds: 1 },
    });
    expect(waits).toEqual([25, 50, 100, 200, 400]);
    expect([store.reads, store.commits]).toEqual([6, 6]);
  });
});

describe('delayMs', () => {
  it('is at most 25 ms, doubling up to 400 ms', () => {
    expect([0, 1, 2, 3, 4, 5, 60].map((attempt) => delayMs(attempt, () => 1))).toEqual([25, 50, 100, 200, 400, 400, 400]);
    expect(delayMs(3, () => 0)).toBe(0);
  });
});

describe('the deadline', () => {
  const never = () => new Promise<never>(() => {});

  it('ends every wait for the table', async () => {
    const deadline = new AbortController();
    const store = withRetry(new MemoryStore(), { ...noWaitBudget(), deadline: deadline.signal });
    const stuck = withRetry(new Proxy(new MemoryStore(), { get: () => never }), { ...noWaitBudget(), deadline: deadline.signal });
    const calls = [
      stuck.read({}),
      stuck.commit([addOne('a')]),
      stuck.image(image),
      stuck.recordUse(image, image.owner, new Date()),
    ];
    const outcomes = Promise.allSettled(calls);

    expect(await store.read({ images: [image] })).toMatchObject({ images: [] });
    deadline.abort();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ reason: { code: 'Unavailable', details: { retryAfterSeconds: expect.any(Number) } } });
    }
  });

  it('lets nothing start afterwards', async () => {
    const store = await countingStore();
    const late = withRetry(store, { ...noWaitBudget(), deadline: AbortSignal.abort() });

    await expect(late.commit([addOne('a')])).rejects.toMatchObject({ code: 'Unavailable' });
    expect(store.commits).toBe(0);
  });
});
