/**
 * Work of several transactions: the clean-up, offboarding, copy jobs, and the closing of accounts. Killed after any of its commits and
 * run again, or run twice at once, it must leave what one undisturbed run leaves.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { closeAccount } from '../../functions/close-account.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { leaveSharedImages } from '../../functions/leave-shared-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import type { RetryBudget } from '../../lib/app/retry.ts';
import { fsck } from '../../lib/maintenance/fsck.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { Store } from '../../lib/table/store.ts';
import { noon, type PolicyFixture, regions } from '../support/builders.ts';
import { type CallOptions, InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';
import type { Result } from './check.ts';

/** Longer than calls can be in flight: what they left undone is due then. */
const laterSeconds = 901;

interface Job {
  readonly name: string;
  /** Runs once the images are shared. */
  readonly prepare: (scene: Scene) => Promise<unknown>;
  readonly run: (scene: Scene, options: CallOptions) => Promise<unknown>;
}

interface Scene {
  readonly service: InMemoryService;
  readonly fixture: PolicyFixture;
  readonly imageIds: readonly string[];
}

const recipient = ({ fixture }: Scene) => fixture.principalOf('a');
const operator = { as: 'operator', scopes: ['operator'] } as const;
const nothing = async () => {};
const cleanUp: Job['run'] = async ({ service }) => {
  const { failed } = await service.cleanUp();
  if (failed.length > 0) {
    throw failed[0]?.cause;
  }
};

const jobs: readonly Job[] = [
  { name: 'clean-up of expired shares', prepare: async ({ service }) => service.passSeconds(120), run: cleanUp },
  {
    name: 'clean-up of a deleted image',
    async prepare({ service, fixture: { region }, imageIds: [imageId] }) {
      service.passSeconds(120);
      await service.call(deleteImage, { region, imageId });
      service.passSeconds(laterSeconds);
    },
    run: cleanUp,
  },
  {
    name: 'offboarding',
    prepare: nothing,
    run: (scene, options) => scene.service.call(stopShares, { recipient: recipient(scene) }, options),
  },
  {
    name: 'leaving',
    prepare: nothing,
    run: (scene, options) =>
      scene.service.call(
        leaveSharedImages,
        { owner: scene.fixture.principalOf('owner'), regions: [scene.fixture.region] },
        { ...options, as: 'a' },
      ),
  },
  {
    name: 'copy job',
    prepare: nothing,
    run: ({ service, fixture: { region, otherRegion, principalOf }, imageIds: [imageId] }, options) =>
      service.call(
        startCopyJob,
        {
          region,
          imageId,
          destinations: [{ region }, { region: otherRegion }],
          recipients: ['a', 'b'].map(principalOf),
          acknowledgeRisk: true,
        },
        options,
      ),
  },
  {
    name: 'closing an account',
    prepare: nothing,
    run: (scene, options) => scene.service.call(closeAccount, { accountId: 'a' }, { ...options, ...operator }),
  },
];

/** Three images, shared with two accounts for a minute. */
async function sceneOf(job: Job, fixture: PolicyFixture): Promise<Scene> {
  const clock = { at: noon };
  const service = await new InMemoryService(new MemoryStore(), clock).createAccounts('owner', 'a', 'b');
  const { region, principalOf } = fixture;
  const imageIds: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    const { imageId } = await service.call(importImage, { region, name, sizeGiB: 1 });
    imageIds.push(imageId);
    const expiresAt = new Date(noon.getTime() + 60_000).toISOString();
    const fields = { region, imageId, recipients: ['a', 'b'].map(principalOf), acknowledgeRisk: true, expiresAt };
    await service.call(shareImage, fields);
  }
  if (job.name === 'closing an account') {
    await service.commit([
      { do: 'close-project', projectId: 'org-a' as never },
      { do: 'remove-project', accountId: 'a' as never, projectId: 'org-a' as never, wasDefault: true },
    ]);
  }
  const scene = { service, fixture, imageIds };
  await job.prepare(scene);
  return scene;
}

/** The scene on another view of its store. */
const viewedBy = (scene: Scene, commit: Store['commit']): Scene => {
  const store = new Proxy(scene.service.store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return name === 'commit' ? commit : typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...scene, service: Object.assign(Object.create(scene.service) as InMemoryService, { store }) };
};

/** What a run leaves, once the clean-up has done the rest: everything but the IDs, which differ between runs. */
async function outcomeOf({ service }: Scene): Promise<unknown> {
  service.passSeconds(laterSeconds);
  await service.cleanUp();
  const findings = await fsck({ store: service.store, regions, now: service.now });
  const contents = (await service.contents()).map((stored) =>
    JSON.stringify(stored)
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-\d{12}/g, 'record')
      .replaceAll(/(?<=")([a-z]+-)[0-9a-z]{8,}(?=")/g, '$1new'),
  );
  return { findings, contents: contents.sort() };
}

/** Kills each job after each of its commits. */
export async function playKills(fixture: PolicyFixture, again = true): Promise<Result> {
  return playJobs(fixture, async function* (job) {
    for (let commits = 0; ; commits += 1) {
      const scene = await sceneOf(job, fixture);
      let made = 0;
      const dying = viewedBy(scene, async (steps: readonly Step[]) => {
        if (made === commits) {
          throw new Error('The process was killed');
        }
        made += 1;
        return scene.service.store.commit(steps);
      });
      const wasKilled = await job.run(dying, { key: 'key-1' }).then(
        () => false,
        () => true,
      );
      if (!wasKilled) {
        return;
      }
      if (again) {
        await job.run(scene, { key: 'key-1' });
      }
      yield { scene, how: `killed after ${commits} commits` };
    }
  });
}

/** Runs each job twice at once, in different orders of their reads and commits. */
export async function playTwice(fixture: PolicyFixture, rounds: number): Promise<Result> {
  return playJobs(fixture, async function* (job) {
    for (const pauses of fc.sample(fc.array(fc.nat({ max: 6 }), { minLength: 40, maxLength: 40 }), {
      numRuns: rounds,
      seed: 1,
    })) {
      const scene = await sceneOf(job, fixture);
      const runs = [0, 1].map((run) => {
        let made = run;
        const slow = viewedBy(scene, async (steps: readonly Step[]) => {
          made += 2;
          for (let turn = pauses[made % pauses.length] ?? 0; turn > 0; turn -= 1) {
            await new Promise(setImmediate);
          }
          return scene.service.store.commit(steps);
        });
        return job.run(slow, { key: 'key-1', budget: patient() });
      });
      await Promise.all(runs);
      yield { scene, how: `twice at once, with pauses ${pauses}` };
    }
  });
}

const patient = (): RetryBudget => ({ ...noWaitBudget(), random: () => 0 });

type Played = { readonly scene: Scene; readonly how: string };

/** Compares what disturbed runs leave with what an undisturbed one leaves. */
async function playJobs(fixture: PolicyFixture, play: (job: Job) => AsyncIterable<Played>): Promise<Result> {
  let rounds = 0;
  const violations: unknown[] = [];
  for (const job of jobs) {
    const undisturbed = await sceneOf(job, fixture);
    await job.run(undisturbed, { key: 'key-1' });
    const expected = await outcomeOf(undisturbed);
    for await (const { scene, how } of play(job)) {
      const received = await outcomeOf(scene);
      rounds += 1;
      violations.push(...(isDeepStrictEqual(received, expected) ? [] : [{ job: job.name, how, expected, received }]));
    }
  }
  return { rounds, violations };
}
