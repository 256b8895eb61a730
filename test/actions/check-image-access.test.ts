import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { Use } from '../../lib/rules/access.ts';
import { anImageIn, aPublicImageIn, heldBy, imageId, noonSeconds, placeOf, places, problem } from '../support/builders.ts';
import { type Calling, InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('checkImageAccess under $name', (place) => {
  const { region } = place;
  const [friend, guest, stranger] = [place.principalOf('friend'), place.principalOf('guest'), place.principalOf('stranger')];
  const image = anImageIn(place, { recipients: { [friend]: 0, [guest]: noonSeconds + 10 } });
  const at = { region, imageId: image.imageId };
  const aService = async () =>
    (await new InMemoryService().know('owner', 'friend', 'guest', 'stranger')).put(
      image,
      anImageIn(place, { imageId: imageId('unshared') }),
    );

  describe('effects', () => {
    it.each([
      ['save', true, 'received.save'],
      ['copy', false, 'received.no-copy'],
    ] as const)("decides on a recipient's %s with %s by %s", async (use, allowed, rule) => {
      expect(await (await aService()).call(checkImageAccess, { ...at, use }, { as: 'friend' })).toMatchObject({ allowed, rule });
    });

    it('checks launch by default', async () => {
      expect(await (await aService()).call(checkImageAccess, at)).toMatchObject({ allowed: true, rule: 'owner.still-uses' });
    });

    it.each(Use.options)('returns the same for %s of a missing, deleted, and never shared image', async (use) => {
      const service = await aService();
      const gone = { region, imageId: imageId('gone') };
      await service.put(anImageIn(place, gone));
      await service.call(deleteImage, gone);
      const as = { as: 'stranger' };
      const missing = await service.call(checkImageAccess, { region, imageId: 'missing', use }, as);

      expect(missing).toMatchObject({ allowed: false, rule: 'received.visible' });
      expect(await service.call(checkImageAccess, { ...gone, use }, as)).toEqual(missing);
      expect(await service.call(checkImageAccess, { ...gone, use })).toEqual(missing);
      expect(await service.call(checkImageAccess, { region, imageId: 'unshared', use }, as)).toEqual(missing);
    });

    it('allows a recipient until the last second of its share', async () => {
      const service = await aService();

      service.passSeconds(9);
      expect(await service.call(checkImageAccess, at, { as: 'guest' })).toMatchObject({ allowed: true });

      service.passSeconds(1);
      expect(await service.call(checkImageAccess, at, { as: 'guest' })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    });

    it("decides for the instance's product, by default the image's own one", async () => {
      const service = await aService();
      const lightweight = { product: 'lightweight' };

      expect(await service.call(checkImageAccess, { ...at, ...lightweight }, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'share.cross-product',
      });
      expect(await service.call(checkImageAccess, { ...at, product: 'standard' }, { as: 'friend' })).toMatchObject({
        allowed: true,
      });
      if (place.policy.lightweightMayBeShared) {
        await service.call(updateImage, { ...at, products: ['standard', 'lightweight'] });
        expect(await service.call(checkImageAccess, { ...at, ...lightweight }, { as: 'friend' })).toMatchObject({
          allowed: true,
        });
      }
    });

    it("allows a public image only to open principals of the region's kind", async () => {
      const service = await aService();
      const open = aPublicImageIn(place);
      await service.provide(open);
      const compute: Calling = { as: 'compute', scopes: ['compute'] };
      const ask = (asked: string) => service.call(checkImageAccess, { region, imageId: open.imageId, principal: asked }, compute);
      const otherKind = place.policy.principalKind === 'account' ? 'org-stranger' : 'stranger';

      expect(await ask(stranger)).toMatchObject({ allowed: true, rule: 'received.use' });
      await service.close('stranger');
      for (const nobody of [stranger, 'unknown', 'public', otherKind]) {
        expect(await ask(nobody)).toMatchObject({ allowed: false, rule: 'received.visible' });
      }
    });

    it('denies access in another region', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...at, region: place.elsewhere }, { as: 'friend' })).toMatchObject({
        allowed: false,
      });
    });

    it('lets the owner check anyone', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...at, principal: friend })).toMatchObject({
        allowed: true,
        rule: 'received.use',
      });
      expect(await service.call(checkImageAccess, { ...at, principal: stranger })).toMatchObject({ allowed: false });
    });

    it('lets a compute platform check anyone, even if there is no image', async () => {
      const service = await aService();
      const compute = { as: 'platform', scopes: ['compute'] } as const;

      expect(await service.call(checkImageAccess, { ...at, principal: friend }, compute)).toMatchObject({ allowed: true });
      expect(await service.call(checkImageAccess, { ...at, principal: stranger }, compute)).toMatchObject({ allowed: false });
      expect(await service.call(checkImageAccess, { region, imageId: 'missing', principal: friend }, compute)).toMatchObject({
        allowed: false,
      });
    });

    it('returns the same whether or not a principal names itself', async () => {
      const service = await aService();

      expect(await service.call(checkImageAccess, { ...at, principal: stranger }, { as: 'stranger' })).toEqual(
        await service.call(checkImageAccess, at, { as: 'stranger' }),
      );
    });
  });

  describe('refusals', () => {
    it('refuses a recipient asking about another with Forbidden', async () => {
      const service = await aService();

      expect(await service.refusalOf(checkImageAccess, { ...at, principal: guest }, { as: 'friend' })).toMatchObject({
        code: 'Forbidden',
        details: { rule: 'received.privacy' },
      });
    });

    it('refuses a stranger asking about another exactly as for an image that never existed', async () => {
      const service = await aService();
      const [here, nowhere] = await Promise.all(
        [service, await new InMemoryService().know('stranger')].map((one) =>
          one.refusalOf(checkImageAccess, { ...at, principal: friend }, { as: 'stranger' }),
        ),
      );

      expect(problem(here)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(here)).toEqual(problem(nowhere));
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(checkImageAccess, { ...at, region: 'nowhere' })).toMatchObject({
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
    const place = placeOf(name);
    const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await service.call(checkImageAccess, { region: image.region, imageId: image.imageId, use: 'delete' })).toMatchObject({
      allowed,
      rule,
    });
  });
});

describe('checkImageAccess where projects own images', () => {
  const place = placeOf('ucloud');
  const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
  const at = { region: image.region, imageId: image.imageId };

  it.each([
    ['the project that the token is bound to', { as: 'friend', boundTo: 'org-friend' }],
    ['the project of the request', { as: 'friend', project: 'org-friend' }],
    ['the default project', { as: 'friend' }],
  ])('checks %s', async (_, calling) => {
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await service.call(checkImageAccess, at, calling)).toMatchObject({ allowed: true });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await service.refusalOf(checkImageAccess, at, { as: 'friend', project: 'org-owner' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
