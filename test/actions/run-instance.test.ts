import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { runInstance, runInstances } from '../../functions/run-instance.ts';
import { ActionError } from '../../lib/model/error.ts';
import type { Image } from '../../lib/model/image.ts';
import { Contention } from '../../lib/table/store.ts';
import {
  anImageIn,
  aPublicImageIn,
  heldBy,
  noon,
  noonSeconds,
  type Place,
  places,
  principal,
  problem,
  secondsFromNoon,
} from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function serviceWith(place: Place, parts: Partial<Image> = {}) {
  const store = new InterruptedStore();
  const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]), ...parts });
  const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest')).put(image);
  return { service, store, image, at: { region: image.region, imageId: image.imageId } };
}

describe.each(places)('runInstance under $name', (place) => {
  const { policy, region } = place;
  const friend = place.principalOf('friend');
  const as = { as: 'friend' };

  describe('effects', () => {
    it.each(['owner', 'friend'])('launches an instance for %s and counts it', async (who) => {
      const { service, at, image } = await serviceWith(place);
      const instance = await service.call(runInstance, at, { as: who });

      expect(instance).toEqual({
        instanceId: expect.stringMatching(new RegExp(`^${policy.instanceId.prefix}[a-z0-9]{${policy.instanceId.length}}$`)),
        region,
        imageId: image.imageId,
        principal: place.principalOf(who),
        state: 'running',
        product: 'standard',
        os: image.os,
        architecture: image.architecture,
        disksGiB: [20],
        createdAt: noon.toISOString(),
      });
      expect(await service.counted('instances', region, place.principalOf(who))).toBe(1);
      expect(await service.call(getInstance, instance, { as: who })).toEqual(instance);
    });

    it('launches an instance of a public image for anyone', async () => {
      const { service } = await serviceWith(place);
      const open = aPublicImageIn(place);
      await service.provide(open);

      expect(await service.call(runInstance, { region, imageId: open.imageId }, { as: 'guest' })).toMatchObject({
        imageId: open.imageId,
        principal: place.principalOf('guest'),
      });
    });

    it('assigns a unique id to each instance', async () => {
      const { service, at } = await serviceWith(place);
      const made = [await service.call(runInstance, at, as), await service.call(runInstance, at, as)];

      expect(new Set(made.map(({ instanceId }) => instanceId)).size).toBe(2);
      expect(await service.counted('instances', region, friend)).toBe(2);
    });

    it('launches an instance of the requested product if the image has both', async () => {
      const { service, at } = await serviceWith(place, { products: ['standard', 'lightweight'] });

      expect(await service.call(runInstance, { ...at, product: 'lightweight' }, as)).toMatchObject({ product: 'lightweight' });
    });

    it("records the recipient's last launch for the owner, at most once a minute", async () => {
      const { service, at } = await serviceWith(place);
      const lastUse = async () => (await service.call(listImageShares, at)).shares[0]?.lastUsedAt;
      expect(await lastUse()).toBeUndefined();

      await service.call(runInstance, at, as);
      expect(await lastUse()).toBe(noon.toISOString());

      service.passSeconds(59);
      await service.call(runInstance, at, as);
      expect(await lastUse()).toBe(noon.toISOString());

      service.passSeconds(1);
      await service.call(runInstance, at, as);
      expect(await lastUse()).toBe(secondsFromNoon(60).toISOString());
    });

    it('neither changes the image nor leaves a record', async () => {
      const { service, at, image } = await serviceWith(place);
      await service.call(runInstance, at, as);

      expect(await service.store.image(image)).toEqual(image);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
    });

    it('launches one instance for calls with the same Idempotency-Key', async () => {
      const { service, at } = await serviceWith(place);
      const [first, again] = [
        await service.call(runInstance, at, { ...as, key: 'once' }),
        await service.call(runInstance, at, { ...as, key: 'once' }),
      ];

      expect(again).toEqual(first);
      expect(await service.counted('instances', region, friend)).toBe(1);
    });

    it.each([
      ['cannot be reached', () => new ActionError('Unavailable', { detail: 'The table cannot be reached.' })],
      ['is too busy', () => new Contention('Too many conflicts')],
    ])("returns the instance even if its use can't be recorded because the table %s", async (_, failure) => {
      const { service, at, store } = await serviceWith(place);
      store.recordUse = () => Promise.reject(failure());

      expect(await service.call(runInstance, at, as)).toMatchObject({ principal: friend });
      expect(await service.counted('instances', region, friend)).toBe(1);
    });

    it('does nothing in a dry run, and records no use', async () => {
      const { service, at } = await serviceWith(place);
      const before = await service.contents();
      await service.call(runInstance, at, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it('refuses a stranger exactly as for an image that never existed', async () => {
      const { service, at } = await serviceWith(place);
      const empty = await new InMemoryService().know('guest');
      const [here, never] = [
        await service.refusalOf(runInstance, at, { as: 'guest' }),
        await empty.refusalOf(runInstance, at, { as: 'guest' }),
      ];

      expect(problem(here)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(here)).toEqual(problem(never));
    });

    it('refuses a recipient from the second in which its share ends', async () => {
      const { service, at } = await serviceWith(place, { recipients: { [friend]: noonSeconds + 10 } });
      service.passSeconds(9);
      await service.call(runInstance, at, as);
      service.passSeconds(1);

      expect(await service.refusalOf(runInstance, at, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the first call after the response to a cancel', async () => {
      const { service, at } = await serviceWith(place);
      await service.call(cancelImageShares, { ...at, all: 'true' });

      expect(await service.refusalOf(runInstance, at, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the first call after a public image is deleted', async () => {
      const { service } = await serviceWith(place);
      const key = { region, imageId: aPublicImageIn(place).imageId };
      await service.provide(aPublicImageIn(place));
      await service.call(deletePublicImage, key, operator);

      expect(await service.refusalOf(runInstance, key, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', async (state) => {
      const { service, at } = await serviceWith(place, { state });

      expect(await service.refusalOf(runInstance, at, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it('refuses a product that the image does not have with ImageNotUsable', async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.refusalOf(runInstance, { ...at, product: 'lightweight' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });

    it("refuses the image's id in another region with ImageNotFound", async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.refusalOf(runInstance, { ...at, region: place.elsewhere }, as)).toMatchObject({
        code: 'ImageNotFound',
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      const { service, at } = await serviceWith(place);

      expect(await service.refusalOf(runInstance, { ...at, region: 'nowhere' }, as)).toMatchObject({ code: 'RegionNotFound' });
    });
  });

  describe('races', () => {
    it('launches no instance for a principal that is closed concurrently', async () => {
      const { service, store, at } = await serviceWith(place);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(runInstance, at, as)).rejects.toMatchObject({
        code: 'Forbidden',
        details: { rule: 'account.close' },
      });
      expect(await service.counted('instances', region, friend)).toBe(0);
    });

    it('prevents its principal from being closed concurrently', async () => {
      const { service, store, at } = await serviceWith(place);
      const close = () =>
        policy.principalKind === 'account'
          ? service.call(closeAccount, { accountId: 'friend' }, operator)
          : service.call(closeProject, { accountId: 'friend', projectId: friend }, operator);
      if (policy.principalKind === 'account') {
        await service.call(closeProject, { accountId: 'friend', projectId: 'org-friend' }, operator);
      }
      store.beforeNextCommit(() => service.call(runInstance, at, as));

      await expect(close()).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `instance in ${region}` }] },
      });
      expect(await service.counted('instances', region, friend)).toBe(1);
    });

    it('allows a launch that started before the response to a cancel, and records no use of the cancelled share', async () => {
      const { service, store, at } = await serviceWith(place);
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...at, all: 'true' }));

      expect(await service.call(runInstance, at, as)).toMatchObject({ principal: friend });
      expect(await service.store.sharesOf(at)).toEqual([]);
      expect(await service.refusalOf(runInstance, at, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('keeps an instance unchanged after its image is deleted', async () => {
      const { service, at } = await serviceWith(place);
      const instance = await service.call(runInstance, at, as);
      await service.call(cancelImageShares, { ...at, all: 'true' });
      await service.call(deleteImage, at);

      expect(await service.call(getInstance, instance, as)).toEqual(instance);
    });
  });
});

describe('runInstance of a shared image with data disks', () => {
  it.each([
    ['alibaba', [20, 40]],
    ['ucloud', [20]],
  ])('includes under %s the disks %j for a recipient, and all of them for the owner', async (name, disksGiB) => {
    const place = places.find((one) => one.name === name) as Place;
    const { service, at } = await serviceWith(place, { disksGiB: [20, 40] });

    expect(await service.call(runInstance, at, { as: 'friend' })).toMatchObject({ disksGiB });
    expect(await service.call(runInstance, at)).toMatchObject({ disksGiB: [20, 40] });
  });
});

describe('runInstance for a project under UCloud', () => {
  const place = places.find(({ name }) => name === 'ucloud') as Place;

  it("launches the instance for the token's project", async () => {
    const { service, at } = await serviceWith(place, { recipients: heldBy([principal('org-b')]) });
    const project = {
      projectId: principal('org-b'),
      account: principal('friend'),
      name: 'B',
      state: 'open',
      createdAt: noon,
    } as const;
    await service.commit([{ do: 'create-project', project }]);
    await service.commit([{ do: 'add-project', project }]);

    expect(await service.call(runInstance, at, { as: 'friend', boundTo: 'org-b' })).toMatchObject({ principal: 'org-b' });
    expect(await service.refusalOf(runInstance, at, { as: 'friend' })).toMatchObject({ code: 'ImageNotFound' });
  });
});

describe.each(places)('runInstances under $name', (place) => {
  const { region } = place;
  const friend = place.principalOf('friend');
  const as = { as: 'friend' };

  it('launches several instances in one call, each with a unique id', async () => {
    const { service, at } = await serviceWith(place);
    const made = await service.call(runInstances, { ...at, count: 50 }, as);

    expect(new Set(made.map(({ instanceId }) => instanceId)).size).toBe(50);
    expect(await service.counted('instances', region, friend)).toBe(50);
  });

  it('succeeds if a cancel arrives during the call, and is refused after it', async () => {
    const { service, at, store } = await serviceWith(place);
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...at, all: 'true' }));
    await expect(service.call(runInstances, { ...at, count: 3 }, as)).resolves.toHaveLength(3);

    expect(await service.refusalOf(runInstances, { ...at, count: 3 }, as)).toMatchObject({ code: 'ImageNotFound' });
  });
});
