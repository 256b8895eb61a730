import { copyImage } from '../../functions/copy-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageIn, fixtureOf, policyFixtures, principal, principals, refusalFields, sharedWith } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('copyImage under $name', (fixture) => {
  const friend = fixture.principalOf('friend');
  const image = anImageIn(fixture, { recipients: sharedWith([friend, ...principals(49)]), disksGiB: [20, 40] });
  const key = { region: image.region, imageId: image.imageId };
  const aService = async () => (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(image);
  const request = { ...key, destinationRegion: fixture.otherRegion };

  describe('effects', () => {
    it.each([
      ['another region', fixture.otherRegion],
      ['its own region', fixture.region],
    ])('copies to %s, without shares, in state copying', async (_, destinationRegion) => {
      const service = await aService();
      const copy = await service.call(copyImage, { ...key, destinationRegion, name: 'copy' });

      expect(copy).toMatchObject({
        region: destinationRegion,
        name: 'copy',
        state: 'copying',
        shareCount: 0,
        disksGiB: [20, 40],
      });
      expect(copy.imageId).not.toBe(image.imageId);
      expect(await service.call(listImageShares, copy)).toMatchObject({ used: 0, remaining: 50 });
    });

    it("uses the request's name, description, and tags, and copies those that it omits", async () => {
      const source = anImageIn(fixture, { description: 'original', tags: { role: 'web' } });
      const service = await (await new InMemoryService().createAccounts('owner')).putImages(source);
      const original = { name: source.name, description: 'original', tags: { role: 'web' } };

      expect(await service.call(copyImage, request)).toMatchObject(original);
      expect(await service.call(copyImage, { ...request, description: 'copied' })).toMatchObject({
        ...original,
        description: 'copied',
      });
      expect(await service.call(copyImage, { ...request, tags: { stage: 'test' } })).toMatchObject({
        ...original,
        tags: { stage: 'test' },
      });
    });

    it('leaves the image and its shares unchanged', async () => {
      const service = await aService();
      await service.call(copyImage, request);

      expect(await service.store.image(image)).toEqual(image);
    });

    it("hides the copy from the image's recipients", async () => {
      const service = await aService();
      const copy = await service.call(copyImage, request);

      await expect(service.call(getImage, copy, { as: 'friend' })).rejects.toMatchObject({ code: 'ImageNotFound' });
    });

    it('creates a copy that can be shared once it is available', async () => {
      const single = anImageIn(fixture, { recipients: sharedWith(principals(50)) });
      const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(single);
      const { region, imageId } = await service.call(copyImage, request);
      await service.call(reportImageState, { region, imageId, state: 'available' }, { scopes: ['compute'] });

      expect(await service.call(shareImage, { region, imageId, recipients: [friend], acknowledgeRisk: true })).toMatchObject({
        used: 1,
      });
    });

    it('leaves a record of the copy', async () => {
      const service = await aService();
      const { region, imageId } = await service.call(copyImage, request);

      expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toMatchObject([
        { action: 'CopyImage', region, imageId },
      ]);
    });
  });

  describe('refusals', () => {
    it('refuses a recipient with NotOwner', async () => {
      expect(await (await aService()).refusalOf(copyImage, request, { as: 'friend' })).toMatchObject({
        code: 'NotOwner',
        details: { rule: 'received.no-copy' },
      });
    });

    it('refuses a stranger exactly as for an image that never existed', async () => {
      const [existing, missing] = await Promise.all(
        [await aService(), await new InMemoryService().createAccounts('guest')].map((service) =>
          service.refusalOf(copyImage, request, { as: 'guest' }),
        ),
      );

      expect(refusalFields(existing)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(existing)).toEqual(refusalFields(missing));
    });

    it('refuses a region of another cloud with InvalidRequest', async () => {
      const other = fixtureOf(fixture.name === 'tencent' ? 'alibaba' : 'tencent');

      expect(await (await aService()).refusalOf(copyImage, { ...key, destinationRegion: other.region })).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: 'destinationRegion' }] },
      });
    });

    it('refuses an unknown region with RegionNotFound', async () => {
      expect(await (await aService()).refusalOf(copyImage, { ...key, destinationRegion: 'nowhere' })).toMatchObject({
        code: 'RegionNotFound',
      });
    });

    it('refuses a full quota in the destination with ImageQuotaExceeded', async () => {
      const service = await aService();
      await service.setImageCount(fixture.otherRegion, image.owner, fixture.policy.imagesPerPrincipalMax);

      expect(await service.refusalOf(copyImage, request)).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', remaining: 0 },
      });
    });
  });
});

describe('copyImage for another project under UCloud', () => {
  const fixture = fixtureOf('ucloud');
  const image = anImageIn(fixture);
  const call = { region: image.region, imageId: image.imageId, destinationRegion: fixture.otherRegion };
  const aService = async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);
    const second = {
      projectId: principal('org-2'),
      account: principal('owner'),
      name: '2',
      state: 'open',
      createdAt: service.now(),
    } as const;
    await service.commit([
      { do: 'create-project', project: second },
      { do: 'add-project', project: second },
    ]);
    return service;
  };

  it('assigns the copy to a project of the same account', async () => {
    expect(await (await aService()).call(copyImage, { ...call, project: 'org-2' })).toMatchObject({ owner: 'org-2' });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    expect(await (await aService()).refusalOf(copyImage, { ...call, project: 'org-friend' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
