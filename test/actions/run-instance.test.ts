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
  noon,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  principal,
  refusalFields,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;

async function serviceWith(fixture: PolicyFixture, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('friend')]), ...parts });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(image);
  return { service, store, image, at: { region: image.region, imageId: image.imageId } };
}

describe.each(policyFixtures)('runInstance under $name', (fixture) => {
  const { policy, region } = fixture;
  const friend = fixture.principalOf('friend');
  const as = { as: 'friend' };

  describe('effects', () => {
    it.each(['owner', 'friend'])('launches an instance for %s and counts it', async (account) => {
      const { service, at: key, image } = await serviceWith(fixture);
      const instance = await service.call(runInstance, key, { as: account });

      expect(instance).toEqual({
        instanceId: expect.stringMatching(new RegExp(`^${policy.instanceId.prefix}[a-z0-9]{${policy.instanceId.length}}$`)),
        region,
        imageId: image.imageId,
        imageStatus: 'available',
        imageName: image.name,
        principal: fixture.principalOf(account),
        state: 'running',
        product: 'standard',
        os: image.os,
        architecture: image.architecture,
        disksGiB: [20],
        createdAt: noon.toISOString(),
      });
      expect(await service.usedCount('instances', region, fixture.principalOf(account))).toBe(1);
      expect(await service.call(getInstance, instance, { as: account })).toEqual(instance);
    });

    it('launches an instance of a public image for anyone', async () => {
      const { service } = await serviceWith(fixture);
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);

      expect(await service.call(runInstance, { region, imageId: publicImage.imageId }, { as: 'guest' })).toMatchObject({
        imageId: publicImage.imageId,
        principal: fixture.principalOf('guest'),
      });
    });

    it('assigns a unique id to each instance', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const instances = [await service.call(runInstance, key, as), await service.call(runInstance, key, as)];

      expect(new Set(instances.map(({ instanceId }) => instanceId)).size).toBe(2);
      expect(await service.usedCount('instances', region, friend)).toBe(2);
    });

    it('launches an instance of the requested product if the image has both', async () => {
      const { service, at: key } = await serviceWith(fixture, { products: ['standard', 'lightweight'] });

      expect(await service.call(runInstance, { ...key, product: 'lightweight' }, as)).toMatchObject({ product: 'lightweight' });
    });

    it("records the recipient's last launch for the owner, at most once a minute", async () => {
      const { service, at: key } = await serviceWith(fixture);
      const lastUse = async () => (await service.call(listImageShares, key)).shares[0]?.lastUsedAt;
      expect(await lastUse()).toBeUndefined();

      await service.call(runInstance, key, as);
      expect(await lastUse()).toBe(noon.toISOString());

      service.passSeconds(59);
      await service.call(runInstance, key, as);
      expect(await lastUse()).toBe(noon.toISOString());

      service.passSeconds(1);
      await service.call(runInstance, key, as);
      expect(await lastUse()).toBe(secondsFromNoon(60).toISOString());
    });

    it('neither changes the image nor leaves a record', async () => {
      const { service, at: key, image } = await serviceWith(fixture);
      await service.call(runInstance, key, as);

      expect(await service.store.image(image)).toEqual(image);
      expect(await service.recordsOf(image.owner, policy.principalKind)).toEqual([]);
    });

    it('launches one instance for calls with the same Idempotency-Key', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const [first, again] = [
        await service.call(runInstance, key, { ...as, key: 'once' }),
        await service.call(runInstance, key, { ...as, key: 'once' }),
      ];

      expect(again).toEqual(first);
      expect(await service.usedCount('instances', region, friend)).toBe(1);
    });

    it.each([
      ['cannot be reached', () => new ActionError('Unavailable', { detail: 'The table cannot be reached.' })],
      ['is too busy', () => new Contention('Too many conflicts')],
    ])("returns the instance even if its use can't be recorded because the table %s", async (_, failure) => {
      const { service, at: key, store } = await serviceWith(fixture);
      store.recordUse = () => Promise.reject(failure());

      expect(await service.call(runInstance, key, as)).toMatchObject({ principal: friend });
      expect(await service.usedCount('instances', region, friend)).toBe(1);
    });

    it('does nothing in a dry run, and records no use', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const before = await service.contents();
      await service.call(runInstance, key, { ...as, isDryRun: true });

      expect(await service.contents()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it('refuses a stranger exactly as for an image that never existed', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const empty = await new InMemoryService().createAccounts('guest');
      const [existing, missing] = [
        await service.refusalOf(runInstance, key, { as: 'guest' }),
        await empty.refusalOf(runInstance, key, { as: 'guest' }),
      ];

      expect(refusalFields(existing)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(existing)).toEqual(refusalFields(missing));
    });

    it('refuses a recipient from the second in which its share ends', async () => {
      const { service, at: key } = await serviceWith(fixture, { recipients: { [friend]: noonSeconds + 10 } });
      service.passSeconds(9);
      await service.call(runInstance, key, as);
      service.passSeconds(1);

      expect(await service.refusalOf(runInstance, key, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the first call after the response to a cancel', async () => {
      const { service, at: key } = await serviceWith(fixture);
      await service.call(cancelImageShares, { ...key, all: 'true' });

      expect(await service.refusalOf(runInstance, key, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses the first call after a public image is deleted', async () => {
      const { service } = await serviceWith(fixture);
      const publicKey = { region, imageId: aPublicImageIn(fixture).imageId };
      await service.putPublicImages(aPublicImageIn(fixture));
      await service.call(deletePublicImage, publicKey, operator);

      expect(await service.refusalOf(runInstance, publicKey, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', async (state) => {
      const { service, at: key } = await serviceWith(fixture, { state });

      expect(await service.refusalOf(runInstance, key, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it('refuses a product that the image does not have with ImageNotUsable', async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.refusalOf(runInstance, { ...key, product: 'lightweight' }, as)).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });

    it("refuses the image's id in another region with ImageNotFound", async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.refusalOf(runInstance, { ...key, region: fixture.otherRegion }, as)).toMatchObject({
        code: 'ImageNotFound',
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      const { service, at: key } = await serviceWith(fixture);

      expect(await service.refusalOf(runInstance, { ...key, region: 'nowhere' }, as)).toMatchObject({ code: 'RegionNotFound' });
    });
  });

  describe('races', () => {
    it('launches no instance for a principal that is closed concurrently', async () => {
      const { service, store, at: key } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.close('friend'));

      await expect(service.call(runInstance, key, as)).rejects.toMatchObject({
        code: 'Forbidden',
        details: { rule: 'account.close' },
      });
      expect(await service.usedCount('instances', region, friend)).toBe(0);
    });

    it('prevents its principal from being closed concurrently', async () => {
      const { service, store, at: key } = await serviceWith(fixture);
      const close = () =>
        policy.principalKind === 'account'
          ? service.call(closeAccount, { accountId: 'friend' }, operator)
          : service.call(closeProject, { accountId: 'friend', projectId: friend }, operator);
      if (policy.principalKind === 'account') {
        await service.call(closeProject, { accountId: 'friend', projectId: 'org-friend' }, operator);
      }
      store.beforeNextCommit(() => service.call(runInstance, key, as));

      await expect(close()).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `instance in ${region}` }] },
      });
      expect(await service.usedCount('instances', region, friend)).toBe(1);
    });

    it('allows a launch that started before the response to a cancel, and records no use of the cancelled share', async () => {
      const { service, store, at: key } = await serviceWith(fixture);
      store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, all: 'true' }));

      expect(await service.call(runInstance, key, as)).toMatchObject({ principal: friend });
      expect(await service.store.sharesOf(key)).toEqual([]);
      expect(await service.refusalOf(runInstance, key, as)).toMatchObject({ code: 'ImageNotFound' });
    });

    it('keeps an instance after its image is deleted', async () => {
      const { service, at: key } = await serviceWith(fixture);
      const instance = await service.call(runInstance, key, as);
      await service.call(cancelImageShares, { ...key, all: 'true' });
      await service.call(deleteImage, key);

      expect(await service.call(getInstance, instance, as)).toMatchObject({
        instanceId: instance.instanceId,
        imageStatus: 'deleted',
        disksGiB: [20],
      });
    });
  });
});

describe('runInstance of a shared image with data disks', () => {
  it.each([
    ['alibaba', [20, 40]],
    ['ucloud', [20]],
  ])('includes under %s the disks %j for a recipient, and all of them for the owner', async (name, disksGiB) => {
    const fixture = policyFixtures.find((fixture) => fixture.name === name) as PolicyFixture;
    const { service, at: key } = await serviceWith(fixture, { disksGiB: [20, 40] });

    expect(await service.call(runInstance, key, { as: 'friend' })).toMatchObject({ disksGiB });
    expect(await service.call(runInstance, key)).toMatchObject({ disksGiB: [20, 40] });
  });
});

describe('runInstance for a project under UCloud', () => {
  const fixture = policyFixtures.find(({ name }) => name === 'ucloud') as PolicyFixture;

  it("launches the instance for the token's project", async () => {
    const { service, at: key } = await serviceWith(fixture, { recipients: sharedWith([principal('org-b')]) });
    const project = {
      projectId: principal('org-b'),
      account: principal('friend'),
      name: 'B',
      state: 'open',
      createdAt: noon,
    } as const;
    await service.commit([{ do: 'create-project', project }]);
    await service.commit([{ do: 'add-project', project }]);

    expect(await service.call(runInstance, key, { as: 'friend', tokenProject: 'org-b' })).toMatchObject({ principal: 'org-b' });
    expect(await service.refusalOf(runInstance, key, { as: 'friend' })).toMatchObject({ code: 'ImageNotFound' });
  });
});

describe.each(policyFixtures)('runInstances under $name', (fixture) => {
  const { region } = fixture;
  const friend = fixture.principalOf('friend');
  const as = { as: 'friend' };

  it('launches several instances in one call, each with a unique id', async () => {
    const { service, at: key } = await serviceWith(fixture);
    const instances = await service.call(runInstances, { ...key, count: 50 }, as);

    expect(new Set(instances.map(({ instanceId }) => instanceId)).size).toBe(50);
    expect(await service.usedCount('instances', region, friend)).toBe(50);
  });

  it('succeeds if a cancel arrives during the call, and is refused after it', async () => {
    const { service, at: key, store } = await serviceWith(fixture);
    store.beforeNextCommit(() => service.call(cancelImageShares, { ...key, all: 'true' }));
    await expect(service.call(runInstances, { ...key, count: 3 }, as)).resolves.toHaveLength(3);

    expect(await service.refusalOf(runInstances, { ...key, count: 3 }, as)).toMatchObject({ code: 'ImageNotFound' });
  });
});
