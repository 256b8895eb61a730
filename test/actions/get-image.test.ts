import { getImage } from '../../functions/get-image.ts';
import { anImageIn, heldBy, noonSeconds, placeOf, places, principals, problem } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('getImage under $name', (place) => {
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place, { recipients: { [friend]: 0, [guest]: noonSeconds + 10, ...heldBy(principals(5)) } });
  const at = { region: image.region, imageId: image.imageId };
  const aService = async () => (await new InMemoryService().know('owner', 'friend', 'guest', 'stranger')).put(image);

  it('shows the owner the number of recipients', async () => {
    expect(await (await aService()).call(getImage, at)).toMatchObject({ visibility: 'owned', shareCount: 7 });
  });

  it('shows a recipient the image and its owner, and nothing about other recipients', async () => {
    const seen = await (await aService()).call(getImage, at, { as: 'friend' });

    expect(seen).toMatchObject({ visibility: 'shared', owner: image.owner, name: image.name });
    expect(seen).not.toHaveProperty('shareCount');
    expect(JSON.stringify(seen)).not.toContain(guest);
  });

  it('shows it until the last second of a share', async () => {
    const service = await aService();

    service.passSeconds(9);
    expect(await service.call(getImage, at, { as: 'guest' })).toMatchObject({ visibility: 'shared' });

    service.passSeconds(1);
    expect(await service.refusalOf(getImage, at, { as: 'guest' })).toMatchObject({ code: 'ImageNotFound' });
    expect(await service.call(getImage, at)).toMatchObject({ shareCount: 6 });
  });

  it('hides it in other regions', async () => {
    expect(await (await aService()).refusalOf(getImage, { ...at, region: place.elsewhere })).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const service = await aService();
    const empty = await new InMemoryService().know('stranger');
    const as = { as: 'stranger' };

    expect(problem(await service.refusalOf(getImage, at, as))).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(problem(await service.refusalOf(getImage, at, as))).toEqual(problem(await empty.refusalOf(getImage, at, as)));
  });
});

describe('getImage of an image with data disks, by a recipient', () => {
  it.each([
    ['alibaba', [20, 40], 60],
    ['ucloud', [20], 20],
  ])('shows under %s the disks %j', async (name, disksGiB, sizeGiB) => {
    const place = placeOf(name);
    const image = anImageIn(place, { disksGiB: [20, 40], recipients: heldBy([place.principalOf('friend')]) });
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);
    const at = { region: image.region, imageId: image.imageId };

    expect(await service.call(getImage, at, { as: 'friend' })).toMatchObject({ disksGiB, sizeGiB });
    expect(await service.call(getImage, at)).toMatchObject({ disksGiB: [20, 40], sizeGiB: 60 });
  });
});

describe('getImage where projects own images', () => {
  const place = placeOf('ucloud');
  const image = anImageIn(place);
  const at = { region: image.region, imageId: image.imageId };

  it("refuses a request for a project other than the token's with Forbidden", async () => {
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await service.refusalOf(getImage, at, { boundTo: 'org-owner', project: 'org-friend' })).toMatchObject({
      code: 'Forbidden',
    });
  });

  it("refuses another account's project with ProjectNotFound", async () => {
    const service = await (await new InMemoryService().know('owner', 'friend')).put(image);

    expect(await service.refusalOf(getImage, at, { as: 'friend', project: 'org-owner' })).toMatchObject({
      code: 'ProjectNotFound',
    });
  });
});
