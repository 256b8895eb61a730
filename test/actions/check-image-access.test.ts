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
  const theWorld = async () =>
    (await new InMemoryService().know('owner', 'friend', 'guest', 'stranger')).put(
      image,
      anImageIn(place, { imageId: imageId('unshared') }),
    );

  describe('effects', () => {
    it.each([
      ['save', true, 'received.save'],
      ['copy', false, 'received.no-copy'],
    ] as const)('answers a recipient about %s with %s by %s', async (use, allowed, rule) => {
      expect(await (await theWorld()).call(checkImageAccess, { ...at, use }, { as: 'friend' })).toMatchObject({ allowed, rule });
    });

    it('takes launch where no use is stated', async () => {
      expect(await (await theWorld()).call(checkImageAccess, at)).toMatchObject({ allowed: true, rule: 'owner.still-uses' });
    });

    it.each(Use.options)('answers the same about %s of a missing, a deleted and a never shared image', async (use) => {
      const world = await theWorld();
      const gone = { region, imageId: imageId('gone') };
      await world.put(anImageIn(place, gone));
      await world.call(deleteImage, gone);
      const as = { as: 'stranger' };
      const missing = await world.call(checkImageAccess, { region, imageId: 'missing', use }, as);

      expect(missing).toMatchObject({ allowed: false, rule: 'received.visible' });
      expect(await world.call(checkImageAccess, { ...gone, use }, as)).toEqual(missing);
      expect(await world.call(checkImageAccess, { ...gone, use })).toEqual(missing);
      expect(await world.call(checkImageAccess, { region, imageId: 'unshared', use }, as)).toEqual(missing);
    });

    it('allows a share until its last second, and then no longer', async () => {
      const world = await theWorld();

      world.passSeconds(9);
      expect(await world.call(checkImageAccess, at, { as: 'guest' })).toMatchObject({ allowed: true });

      world.passSeconds(1);
      expect(await world.call(checkImageAccess, at, { as: 'guest' })).toMatchObject({ allowed: false, rule: 'received.visible' });
    });

    it('answers for the product of the server, the own one by default', async () => {
      const world = await theWorld();
      const lightweight = { product: 'lightweight' };

      expect(await world.call(checkImageAccess, { ...at, ...lightweight }, { as: 'friend' })).toMatchObject({
        allowed: false,
        rule: 'share.cross-product',
      });
      expect(await world.call(checkImageAccess, { ...at, product: 'standard' }, { as: 'friend' })).toMatchObject({
        allowed: true,
      });
      if (place.policy.lightweightMayBeShared) {
        await world.call(updateImage, { ...at, products: ['standard', 'lightweight'] });
        expect(await world.call(checkImageAccess, { ...at, ...lightweight }, { as: 'friend' })).toMatchObject({ allowed: true });
      }
    });

    it('allows a public image to open principals of the kind that the region has, and to nobody else', async () => {
      const world = await theWorld();
      const open = aPublicImageIn(place);
      await world.provide(open);
      const compute: Calling = { as: 'compute', scopes: ['compute'] };
      const ask = (asked: string) => world.call(checkImageAccess, { region, imageId: open.imageId, principal: asked }, compute);
      const otherKind = place.policy.principalKind === 'account' ? 'org-stranger' : 'stranger';

      expect(await ask(stranger)).toMatchObject({ allowed: true, rule: 'received.use' });
      await world.close('stranger');
      for (const nobody of [stranger, 'unknown', 'public', otherKind]) {
        expect(await ask(nobody)).toMatchObject({ allowed: false, rule: 'received.visible' });
      }
    });

    it('allows nothing in another region', async () => {
      const world = await theWorld();

      expect(await world.call(checkImageAccess, { ...at, region: place.elsewhere }, { as: 'friend' })).toMatchObject({
        allowed: false,
      });
    });

    it('answers the owner about anyone', async () => {
      const world = await theWorld();

      expect(await world.call(checkImageAccess, { ...at, principal: friend })).toMatchObject({
        allowed: true,
        rule: 'received.use',
      });
      expect(await world.call(checkImageAccess, { ...at, principal: stranger })).toMatchObject({ allowed: false });
    });

    it('answers a compute platform about anyone, also where there is no image', async () => {
      const world = await theWorld();
      const compute = { as: 'platform', scopes: ['compute'] } as const;

      expect(await world.call(checkImageAccess, { ...at, principal: friend }, compute)).toMatchObject({ allowed: true });
      expect(await world.call(checkImageAccess, { ...at, principal: stranger }, compute)).toMatchObject({ allowed: false });
      expect(await world.call(checkImageAccess, { region, imageId: 'missing', principal: friend }, compute)).toMatchObject({
        allowed: false,
      });
    });

    it('tells a principal that names itself what it tells it without a name', async () => {
      const world = await theWorld();

      expect(await world.call(checkImageAccess, { ...at, principal: stranger }, { as: 'stranger' })).toEqual(
        await world.call(checkImageAccess, at, { as: 'stranger' }),
      );
    });
  });

  describe('refusals', () => {
    it('refuses a recipient that asks about another with Forbidden', async () => {
      const world = await theWorld();

      expect(await world.refusalOf(checkImageAccess, { ...at, principal: guest }, { as: 'friend' })).toMatchObject({
        code: 'Forbidden',
        details: { rule: 'received.privacy' },
      });
    });

    it('refuses a stranger that asks about another as it does for an image that never was', async () => {
      const world = await theWorld();
      const [here, nowhere] = await Promise.all(
        [world, await new InMemoryService().know('stranger')].map((one) =>
          one.refusalOf(checkImageAccess, { ...at, principal: friend }, { as: 'stranger' }),
        ),
      );

      expect(problem(here)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(problem(here)).toEqual(problem(nowhere));
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await theWorld()).refusalOf(checkImageAccess, { ...at, region: 'nowhere' })).toMatchObject({
        code: 'RegionNotFound',
      });
    });
  });
});

describe('checkImageAccess about the delete of a shared image', () => {
  it.each([
    ['tencent', false, 'delete.guard'],
    ['alibaba', false, 'delete.guard'],
    ['ucloud', true, 'delete.owner-only'],
  ])('answers its owner under %s with %s by %s', async (name, allowed, rule) => {
    const place = placeOf(name);
    const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
    const world = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await world.call(checkImageAccess, { region: image.region, imageId: image.imageId, use: 'delete' })).toMatchObject({
      allowed,
      rule,
    });
  });
});

describe('checkImageAccess where projects hold images', () => {
  const place = placeOf('ucloud');
  const image = anImageIn(place, { recipients: heldBy([place.principalOf('friend')]) });
  const at = { region: image.region, imageId: image.imageId };

  it.each([
    ['the project that the token is bound to', { as: 'friend', boundTo: 'org-friend' }],
    ['the stated project', { as: 'friend', project: 'org-friend' }],
    ['the default project', { as: 'friend' }],
  ])('asks for %s', async (_, calling) => {
    const world = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await world.call(checkImageAccess, at, calling)).toMatchObject({ allowed: true });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const world = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await world.refusalOf(checkImageAccess, at, { as: 'friend', project: 'org-owner' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
