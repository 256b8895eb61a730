import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import {
  anImageIn,
  fixtureOf,
  noon,
  noonSeconds,
  policyFixtures,
  principals,
  refusalFields,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('getImage under $name', (fixture) => {
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture, { recipients: { [friend]: 0, [guest]: noonSeconds + 10, ...sharedWith(principals(5)) } });
  const key = { region: image.region, imageId: image.imageId };
  const aService = async () =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest', 'stranger')).putImages(image);

  it('shows the owner the number of recipients', async () => {
    expect(await (await aService()).call(getImage, key)).toMatchObject({ visibility: 'owned', shareCount: 7 });
  });

  it('shows a recipient the image and its owner, and nothing about other recipients', async () => {
    const view = await (await aService()).call(getImage, key, { as: 'friend' });

    expect(view).toMatchObject({ visibility: 'shared', owner: image.owner, name: image.name });
    expect(view).not.toHaveProperty('shareCount');
    expect(JSON.stringify(view)).not.toContain(guest);
  });

  it('shows it until the last second of a share', async () => {
    const service = await aService();

    service.passSeconds(9);
    expect(await service.call(getImage, key, { as: 'guest' })).toMatchObject({ visibility: 'shared' });

    service.passSeconds(1);
    expect(await service.refusalOf(getImage, key, { as: 'guest' })).toMatchObject({ code: 'ImageNotFound' });
    expect(await service.call(getImage, key)).toMatchObject({ shareCount: 6 });
  });

  it('shows a recipient when it was shared, and when the share expires', async () => {
    const service = await aService();
    const times = { sharedAt: noon.toISOString(), expiresAt: secondsFromNoon(10).toISOString() };

    expect(await service.call(getImage, key, { as: 'guest' })).toMatchObject(times);
    expect(await service.call(getImage, key, { as: 'guest', project: 'org-guest' })).toMatchObject(times);
    expect(await service.call(getImage, key, { as: 'friend' })).not.toHaveProperty('expiresAt');
    expect(await service.call(getImage, key)).not.toHaveProperty('sharedAt');
  });

  it('shows the time of the latest share after an earlier one has expired', async () => {
    const service = await aService();
    service.passSeconds(20);
    await service.call(shareImage, { ...key, recipients: [guest], acknowledgeRisk: true });
    const [listed] = (await service.call(listImages, { region: key.region }, { as: 'guest' })).images;

    expect(listed).toMatchObject({ sharedAt: secondsFromNoon(20).toISOString() });
    expect(listed).not.toHaveProperty('expiresAt');
    expect(await service.call(getImage, key, { as: 'guest' })).toEqual(listed);
  });

  it('hides it in other regions', async () => {
    expect(await (await aService()).refusalOf(getImage, { ...key, region: fixture.otherRegion })).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const service = await aService();
    const empty = await new InMemoryService().createAccounts('stranger');
    const as = { as: 'stranger' };

    expect(refusalFields(await service.refusalOf(getImage, key, as))).toMatchObject({
      code: 'ImageNotFound',
      rule: 'received.visible',
    });
    expect(refusalFields(await service.refusalOf(getImage, key, as))).toEqual(
      refusalFields(await empty.refusalOf(getImage, key, as)),
    );
  });
});

describe('getImage of an image with data disks, by a recipient', () => {
  it.each([
    ['alibaba', [20, 40], 60],
    ['ucloud', [20], 20],
  ])('shows under %s the disks %j', async (name, disksGiB, sizeGiB) => {
    const fixture = fixtureOf(name);
    const image = anImageIn(fixture, { disksGiB: [20, 40], recipients: sharedWith([fixture.principalOf('friend')]) });
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);
    const key = { region: image.region, imageId: image.imageId };

    expect(await service.call(getImage, key, { as: 'friend' })).toMatchObject({ disksGiB, sizeGiB });
    expect(await service.call(getImage, key)).toMatchObject({ disksGiB: [20, 40], sizeGiB: 60 });
  });
});

describe('getImage where projects own images', () => {
  const fixture = fixtureOf('ucloud');
  const image = anImageIn(fixture);
  const key = { region: image.region, imageId: image.imageId };

  it("refuses a request for a project other than the token's with Forbidden", async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);

    expect(await service.refusalOf(getImage, key, { tokenProject: 'org-owner', project: 'org-friend' })).toMatchObject({
      code: 'Forbidden',
    });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages(image);

    expect(await service.refusalOf(getImage, key, { as: 'friend', project: 'org-owner' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
