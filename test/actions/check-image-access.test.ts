import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { Use } from '../../lib/rules/access.ts';
import {
  anImageIn,
  aPublicImageIn,
  fixtureOf,
  imageId,
  noonSeconds,
  policyFixtures,
  refusalFields,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { type CallOptions, InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('checkImageAccess under $name', (fixture) => {
  const { region } = fixture;
  const [friend, guest, stranger] = [
    fixture.principalOf('friend'),
    fixture.principalOf('guest'),
    fixture.principalOf('stranger'),
  ];
  const image = anImageIn(fixture, { recipients: { [friend]: 0, [guest]: noonSeconds + 10 } });
  const key = { region, imageId: image.imageId };
  const aService = async () =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest', 'stranger')).putImages(
      image,
      anImageIn(fixture, { imageId: imageId('unshared') }),
    );

  describe('effects', () => {
    it.each([
      ['save', true, 'received.save'],
      ['copy', false, 'received.no-copy'],
    ] as const)("decides on a recipient's %s with %s by %s", async (use, allowed, rule) => {
      expect(await (await aService()).call(checkImageAccess, { ...key, use }, { as: 'friend' })).toMatchObject({ allowed, rule });
    });

    it('checks launch by default', async () => {
      expect(await (await aService()).call(checkImageAccess, key)).toMatchObject({ allowed: true, rule: 'owner.still-uses' });
    });

    it.each(Use.options)('returns the same for %s of a missing, deleted, and never shared image', async (use) => {
      const service = await aService();
      const deletedKey = { region, imageId: imageId('gone') };
      await service.putImages(anImageIn(fixture, deletedKey));
      await service.call(deleteImage, deletedKey);
      const as = { as: 'stranger' };
      const missing = await service.call(checkImageAccess, { region, imageId: 'missing', use }, as);

      expect(missing).toMatchObject({ allowed: false, rule: 'received.visible' });
      expect(await service.call(checkImageAccess, { ...deletedKey, use }, as)).toEqual(missing);
      expect(await service.call(checkImageAccess, { ...deletedKey, use })).toEqual(missing);
      expect(await service.call(checkImageAccess, { region, imageId: 'unshared', use }, as)).toEqual(missing);
    });

    it('allows a recipient until the last second of its share', async () => {
      const service = await aService();

      service.passSeconds(9);
      expect(await service.call(checkImageAccess, key, { as: 'guest' })).toMatchObject({
        allowed: true,
        expiresAt: secondsFromNoon(10).toISOString(),
      });
      expect(await service.call(checkImageAccess, key, { as: 'friend' })).not.toHaveProperty('expiresAt');

      service.passSeconds(1);
      expect(await service.call(checkImageAccess, key, { as: 'guest' })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    });

    it("decides for the instance's product, by default the image's own one", async () => {
      const service = await aService();
      const lightweight = { product: 'lightweight' };

      expect(await service.call(checkImageAccess, { ...key, ...lightweight }, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'share.cross-product',
      });
      expect(await service.call(checkImageAccess, { ...key, product: 'standard' }, { as: 'friend' })).toMatchObject({
        allowed: true,
      });
      if (fixture.policy.lightweightMayBeShared) {
        await service.call(updateImage, { ...key, products: ['standard', 'lightweight'] });
        expect(await service.call(checkImageAccess, { ...key, ...lightweight }, { as: 'friend' })).toMatchObject({
          allowed: true,
        });
      }
    });

    it("allows a public image only to open principals of the region's kind", async () => {
      const service = await aService();
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);
      const compute: CallOptions = { as: 'compute', scopes: ['compute'] };
      const check = (principalId: string) =>
        service.call(checkImageAccess, { region, imageId: publicImage.imageId, principal: principalId }, compute);
      const otherKind = fixture.policy.principalKind === 'account' ? 'org-stranger' : 'stranger';

      expect(await check(stranger)).toMatchObject({ allowed: true, rule: 'received.use' });
      await service.close('stranger');
      for (const principalId of [stranger, 'unknown', 'public', otherKind]) {
        expect(await check(principalId)).toMatchObject({ allowed: false, rule: 'received.visible' });
      }
    });

    it('denies access in another region', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...key, region: fixture.otherRegion }, { as: 'friend' })).toMatchObject({
        allowed: false,
      });
    });

    it('lets the owner check anyone', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...key, principal: friend })).toMatchObject({
        allowed: true,
        rule: 'received.use',
      });
      expect(await service.call(checkImageAccess, { ...key, principal: stranger })).toMatchObject({ allowed: false });
    });

    it('lets a compute platform check anyone, even if there is no image', async () => {
      const service = await aService();
      const compute = { as: 'platform', scopes: ['compute'] } as const;

      expect(await service.call(checkImageAccess, { ...key, principal: friend }, compute)).toMatchObject({ allowed: true });
      expect(await service.call(checkImageAccess, { ...key, principal: stranger }, compute)).toMatchObject({ allowed: false });
      expect(await service.call(checkImageAccess, { region, imageId: 'missing', principal: friend }, compute)).toMatchObject({
        allowed: false,
      });
    });

    it('returns the same whether or not a principal names itself', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...key, principal: stranger }, { as: 'stranger' })).toEqual(
        await service.call(checkImageAccess, key, { as: 'stranger' }),
      );
    });
  });

  describe('refusals', () => {
    it('refuses a recipient asking about another with Forbidden', async () => {
      const service = await aService();

      expect(await service.refusalOf(checkImageAccess, { ...key, principal: guest }, { as: 'friend' })).toMatchObject({
        code: 'Forbidden',
        details: { rule: 'received.privacy' },
      });
    });

    it('refuses a stranger asking about another exactly as for an image that never existed', async () => {
      const service = await aService();
      const [existing, missing] = await Promise.all(
        [service, await new InMemoryService().createAccounts('stranger')].map((target) =>
          target.refusalOf(checkImageAccess, { ...key, principal: friend }, { as: 'stranger' }),
        ),
      );

      expect(refusalFields(existing)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(existing)).toEqual(refusalFields(missing));
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(checkImageAccess, { ...key, region: 'nowhere' })).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });
});

describe('checkImageAccess for deleting a shared image', () => {
  it.each([
    ['tencent', false, 'delete.guard'],
    ['alibaba', false, 'delete.guard'],
    ['ucloud', true, 'delete.owner-only'],
  ])('decides on its owner under %s with %s by %s', async (name, allowed, rule) => {
    const fixture = fixtureOf(name);
    const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('friend')]) });
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);

    expect(await service.call(checkImageAccess, { region: image.region, imageId: image.imageId, use: 'delete' })).toMatchObject({
      allowed,
      rule,
    });
  });
});

describe('checkImageAccess where projects own images', () => {
  const fixture = fixtureOf('ucloud');
  const image = anImageIn(fixture, { recipients: sharedWith([fixture.principalOf('friend')]) });
  const key = { region: image.region, imageId: image.imageId };

  it.each([
    ['the project that the token is bound to', { as: 'friend', tokenProject: 'org-friend' }],
    ['the project of the request', { as: 'friend', project: 'org-friend' }],
    ['the default project', { as: 'friend' }],
  ])('checks %s', async (_, options) => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);

    expect(await service.call(checkImageAccess, key, options)).toMatchObject({ allowed: true });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);

    expect(await service.refusalOf(checkImageAccess, key, { as: 'friend', project: 'org-owner' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
