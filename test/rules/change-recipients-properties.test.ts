import fc from 'fast-check';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image, Recipients, Share } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import { planRecipients, type RecipientsChange } from '../../lib/rules/change-recipients.ts';
import { liveEntries } from '../../lib/rules/recipients.ts';
import { recordsWritten } from '../../lib/rules/records.ts';
import { transactItem } from '../../lib/table/transaction.ts';
import {
  anImageIn,
  aStamp,
  factsAbout,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  principal,
  principals,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

const cap = 6;
/** More recipients than fit, so that plans reach the cap, including one that does not exist. */
const candidates = [...principals(10), principal('nobody')];

/** A change, `pauseSeconds` after the previous one. */
interface TimedChange {
  readonly change: RecipientsChange;
  readonly pauseSeconds: number;
}

const subsetOf = (from: readonly PrincipalId[]) => fc.subarray([...from]);

const aStep: fc.Arbitrary<TimedChange> = fc
  .record({
    pauseSeconds: fc.integer({ min: 0, max: 5 }),
    add: fc.oneof({ weight: 9, arbitrary: subsetOf(principals(10)) }, { weight: 1, arbitrary: subsetOf(candidates) }),
    durationSeconds: fc.option(fc.integer({ min: -1, max: 12 }), { nil: undefined }),
    remove: fc.oneof(
      { weight: 4, arbitrary: subsetOf(candidates) },
      { weight: 1, arbitrary: fc.constantFrom('all' as const, 'others' as const) },
      { weight: 3, arbitrary: fc.constant([]) },
    ),
  })
  .map(({ pauseSeconds, add, durationSeconds, remove }) => ({ pauseSeconds, change: { add, remove, endsAt: durationSeconds } }));
const stepSequences = fc.array(aStep, { maxLength: 25 });

/** An image in a memory store. Changes are decided and committed at increasing times. */
class Scene {
  readonly service = new InMemoryService();
  readonly #image: Image;

  constructor(fixture: PolicyFixture) {
    this.#image = anImageIn(fixture);
  }

  async start(): Promise<this> {
    await (await this.service.createAccounts('owner')).putImages(this.#image);
    return this;
  }

  async image(): Promise<Image> {
    return (await this.service.store.image(this.#image)) as Image;
  }

  shares(): Promise<readonly Share[]> {
    return this.service.store.sharesOf(this.#image);
  }

  get seconds(): number {
    return this.service.now().getTime() / 1_000;
  }

  /** Returns the plan for a change of the current image, or undefined if the rules refuse it. */
  async decide(change: RecipientsChange) {
    const image = await this.image();
    const { policy } = factsAbout(image);
    const at = this.service.now();
    const stamp = aStamp({ at, recordId: this.service.newRecordId(at) });
    try {
      return planRecipients(change, factsAbout(image, { policy: { ...policy, recipientsPerImageMax: cap }, stamp }));
    } catch {
      return undefined;
    }
  }

  /** Waits for the pause and makes the change. Its end is relative to now. */
  async run({ change, pauseSeconds }: TimedChange) {
    this.service.passSeconds(pauseSeconds);
    const { endsAt } = change;
    const plan = await this.decide({ ...change, endsAt: endsAt === undefined ? undefined : this.seconds + endsAt });
    await this.service.commit(plan?.steps ?? []);
    return plan;
  }

  async live(): Promise<Recipients> {
    return liveEntries((await this.image()).recipients, this.service.now());
  }
}

/** Returns the key of the item that a step writes. */
function itemOf(step: Step): string {
  const { Put, Update, Delete, ConditionCheck } = transactItem(step, 'table');
  const { PK, SK } = Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? {};
  return `${PK} ${SK}`;
}

describe.each(policyFixtures)('planRecipients and the memory store under $name', (fixture) => {
  const inEveryScene = (check: (scene: Scene, sequence: readonly TimedChange[]) => Promise<void>, numRuns = 50) =>
    fc.assert(
      fc.asyncProperty(stepSequences, async (sequence) => check(await new Scene(fixture).start(), sequence)),
      { numRuns, seed: 20_261_122 },
    );

  it('store and return the same shares as a simple model', () =>
    inEveryScene(async (scene, sequence) => {
      const expected = new Map<PrincipalId, number>();
      for (const step of sequence) {
        const plan = await scene.run(step);
        for (const [name, end] of expected) {
          if (end !== 0 && end <= scene.seconds) {
            expected.delete(name);
          }
        }
        if (plan !== undefined) {
          const { add, remove, endsAt } = step.change;
          const removed = typeof remove === 'string' ? [...expected.keys()] : remove;
          for (const name of removed.filter((first) => !add.includes(first))) {
            expected.delete(name);
          }
          for (const name of add) {
            const existingEnd = endsAt === undefined ? expected.get(name) : undefined;
            expected.set(name, existingEnd ?? (endsAt === undefined ? 0 : scene.seconds + endsAt));
          }
        }
        expect(await scene.live()).toEqual(Object.fromEntries(expected));
        expect(plan?.live ?? {}).toEqual(plan === undefined ? {} : Object.fromEntries(expected));
      }
    }));

  it('increase the revision by one per record, and list an expiry before the change that found it', () =>
    inEveryScene(async (scene, sequence) => {
      const written: string[] = [];
      for (const step of sequence) {
        const before = await scene.image();
        await scene.run(step);
        const newRecords = recordsWritten(await scene.image(), before.revision);
        const ids = newRecords.map(({ id }) => id);
        expect(newRecords.map(({ sequence }) => sequence)).toEqual(newRecords.map((_, index) => before.revision + 1 + index));
        expect([...ids].sort()).toEqual(ids);
        written.push(...ids);
      }
      const records = await scene.service.recordsOf(fixture.principalOf('owner'), fixture.policy.principalKind);

      expect(records.map(({ id }) => id).reverse()).toEqual([...written].sort());
    }));

  it('never exceed the cap, not even with expired entries', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        await scene.run(step);
        expect(Object.keys((await scene.image()).recipients).length).toBeLessThanOrEqual(cap);
      }
    }));

  it('do nothing when a change is repeated', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        const plan = await scene.run(step);
        const before = await scene.service.contents();
        const again = await scene.run({ ...step, pauseSeconds: 0 });

        expect(again?.steps ?? []).toEqual([]);
        expect(again?.live).toEqual(plan?.live);
        expect(await scene.service.contents()).toEqual(before);
      }
    }));

  it('write nothing for a refused call', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        const before = await scene.service.contentsAndRecords();
        const plan = await scene.run(step);
        if (plan === undefined) {
          expect(await scene.service.contentsAndRecords()).toEqual(before);
        }
      }
    }));

  it('leave no recipient that was added and then removed', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        await scene.run(step);
        await scene.run({ pauseSeconds: 0, change: { add: [], remove: step.change.add } });
        const live = await scene.live();
        expect(step.change.add.filter((name) => Object.hasOwn(live, name))).toEqual([]);
      }
    }));

  it('store an item for every entry of the map', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        await scene.run(step);
        const items = (await scene.shares()).map(({ recipient }) => recipient);
        expect(items).toEqual(expect.arrayContaining(Object.keys((await scene.image()).recipients)));
      }
    }));

  it('keep the share time until a share ends', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        const earlier = new Map((await scene.shares()).map(({ recipient, sharedAt }) => [recipient, sharedAt]));
        const plan = await scene.run(step);
        for (const { recipient, sharedAt } of await scene.shares()) {
          const isNew = plan?.added.includes(recipient) ?? false;
          expect(sharedAt).toEqual(isNew ? scene.service.now() : earlier.get(recipient));
        }
      }
    }));

  it('leave only live shares after a clean-up', () =>
    inEveryScene(async (scene, sequence) => {
      for (const step of sequence) {
        await scene.run(step);
        const live = await scene.live();

        await scene.service.cleanUp();

        expect((await scene.image()).recipients).toEqual(live);
        expect((await scene.shares()).map(({ recipient }) => recipient).sort()).toEqual(Object.keys(live).sort());
      }
    }, 50));

  it('never exceed the cap when two calls decide on the same facts', () =>
    fc.assert(
      fc.asyncProperty(stepSequences, aStep, aStep, async (sequence, first, second) => {
        const scene = await new Scene(fixture).start();
        for (const step of sequence) {
          await scene.run(step);
        }
        const plans = [await scene.decide({ ...first.change, endsAt: 0 }), await scene.decide({ ...second.change, endsAt: 0 })];
        for (const plan of plans) {
          await scene.service.store.commit(plan?.steps ?? []);
        }
        const { recipients } = await scene.image();
        const items = (await scene.shares()).map(({ recipient }) => recipient);

        expect(Object.keys(recipients).length).toBeLessThanOrEqual(cap);
        expect(items).toEqual(expect.arrayContaining(Object.keys(recipients)));
      }),
      { numRuns: 100, seed: 20_261_122 },
    ));

  it('plan at most 99 steps, no two of them on the same item', () => {
    const many = principals(99);
    fc.assert(
      fc.property(
        subsetOf(many.slice(0, 50)),
        subsetOf(many),
        fc.oneof(subsetOf(many), fc.constantFrom('all' as const, 'others' as const)),
        fc.integer({ min: 0, max: 50 }),
        fc.boolean(),
        (sharedWithNames, add, remove, expiredCount, hasEnd) => {
          const recipients = {
            ...sharedWith(sharedWithNames),
            ...Object.fromEntries(sharedWithNames.slice(0, expiredCount).map((name) => [name, noonSeconds])),
          };
          const endsAt = hasEnd ? noonSeconds + 60 : undefined;
          const change = { add: add.slice(0, 50), remove, endsAt };
          try {
            const { steps } = planRecipients(change, factsAbout(anImageIn(fixture, { recipients })));
            expect(steps.length).toBeLessThanOrEqual(99);
            expect(new Set(steps.map(itemOf)).size).toBe(steps.length);
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'ShareCapExceeded' });
          }
        },
      ),
      { numRuns: 100, seed: 20_261_122 },
    );
  });
});
