import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageIn, noon, noonSeconds, places, problem, secondsFromNoon } from '../support/builders.ts';
import { TestWorld } from '../support/world.ts';

describe.each(places)('listImageShares under $name', (place) => {
  const [friend, guest] = [place.holderOf('friend'), place.holderOf('guest')];
  const image = anImageIn(place);
  const at = { region: image.region, imageId: image.imageId };
  const theWorld = async (recipients = {}) =>
    (await new TestWorld().know('owner', 'friend', 'guest')).put({ ...image, recipients });

  it('tells the owner who holds the image, since when, until when and by whom, in the order of sharing', async () => {
    const world = await theWorld();
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await world.call(shareImage, { ...at, recipients: [guest], acknowledgeRisk: true });
    world.passSeconds(60);
    await world.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect(await world.call(listImageShares, at)).toEqual({
      ...at,
      cap: 50,
      used: 2,
      remaining: 48,
      shares: [
        { recipient: guest, sharedAt: secondsFromNoon(0).toISOString(), sharedBy: 'owner' },
        { recipient: friend, sharedAt: secondsFromNoon(60).toISOString(), sharedBy: 'owner', expiresAt },
      ],
    });
  });

  it('counts and lists a share until its last second, swept up or not', async () => {
    const world = await theWorld({ [friend]: noonSeconds + 10, [guest]: 0 });

    world.passSeconds(9);
    expect(await world.call(listImageShares, at)).toMatchObject({ used: 2 });

    world.passSeconds(1);
    expect(await world.call(listImageShares, at)).toMatchObject({ used: 1, shares: [{ recipient: guest }] });
  });

  it('tells when each last made a server, and of no other use', async () => {
    const world = await theWorld({ [friend]: 0, [guest]: 0 });
    world.passSeconds(60);
    await world.call(runInstance, at, { as: 'friend' });
    await world.call(runInstance, at);
    await world.call(getImage, at, { as: 'guest' });

    expect((await world.call(listImageShares, at)).shares).toEqual([
      { recipient: friend, sharedAt: noon.toISOString(), sharedBy: image.owner, lastUsedAt: secondsFromNoon(60).toISOString() },
      { recipient: guest, sharedAt: noon.toISOString(), sharedBy: image.owner },
    ]);
  });

  it('forgets the last use with the share', async () => {
    const world = await theWorld({ [friend]: 0 });
    await world.call(runInstance, at, { as: 'friend' });
    await world.call(cancelImageShares, { ...at, all: 'true' });
    await world.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true });

    expect((await world.call(listImageShares, at)).shares[0]).not.toHaveProperty('lastUsedAt');
  });

  it('keeps the last use when a present share is shared again with another end', async () => {
    const world = await theWorld({ [friend]: 0 });
    await world.call(runInstance, at, { as: 'friend' });
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await world.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect((await world.call(listImageShares, at)).shares).toMatchObject([{ lastUsedAt: noon.toISOString(), expiresAt }]);
  });

  it('refuses a recipient with NotOwner', async () => {
    const world = await theWorld({ [friend]: 0 });

    expect(await world.refusalOf(listImageShares, at, { as: 'friend' })).toMatchObject({
      code: 'NotOwner',
      details: { rule: 'received.privacy' },
    });
  });

  it('refuses a stranger as it does for an image that never was', async () => {
    const [here, nowhere] = await Promise.all(
      [await theWorld(), await new TestWorld().know('guest')].map((world) =>
        world.refusalOf(listImageShares, at, { as: 'guest' }),
      ),
    );

    expect(problem(here)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(problem(here)).toEqual(problem(nowhere));
  });
});
