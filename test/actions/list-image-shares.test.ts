import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageKey } from '../../lib/model/ids.ts';
import { anImageIn, noon, noonSeconds, places, problem, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

/** A memory store that runs a callback whenever an image's shares are about to be read. */
class RestlessStore extends MemoryStore {
  reads = 0;
  beforeSharesAreRead: () => Promise<unknown> = async () => {};

  override async sharesOf(key: ImageKey) {
    this.reads += 1;
    await this.beforeSharesAreRead();
    return super.sharesOf(key);
  }
}

describe.each(places)('listImageShares under $name', (place) => {
  const [friend, guest] = [place.principalOf('friend'), place.principalOf('guest')];
  const image = anImageIn(place);
  const at = { region: image.region, imageId: image.imageId };
  const aService = async (recipients = {}) =>
    (await new InMemoryService().know('owner', 'friend', 'guest')).put({ ...image, recipients });

  it('returns recipients, share and end times, and actors to the owner, in order of sharing', async () => {
    const service = await aService();
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await service.call(shareImage, { ...at, recipients: [guest], acknowledgeRisk: true });
    service.passSeconds(60);
    await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect(await service.call(listImageShares, at)).toEqual({
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

  it('counts and lists a share until its last second, whether or not it was cleaned up', async () => {
    const service = await aService({ [friend]: noonSeconds + 10, [guest]: 0 });

    service.passSeconds(9);
    expect(await service.call(listImageShares, at)).toMatchObject({ used: 2 });

    service.passSeconds(1);
    expect(await service.call(listImageShares, at)).toMatchObject({ used: 1, shares: [{ recipient: guest }] });
  });

  it('returns the existing items if the item of a share is permanently missing', async () => {
    const service = await aService({ [friend]: 0, [guest]: 0 });
    await service.commit([{ do: 'remove-share', key: image, recipient: friend }]);

    expect(await service.call(listImageShares, at)).toMatchObject({ used: 2, shares: [{ recipient: guest }] });
  });

  it('returns no inconsistent list, but refuses with Unavailable while the list keeps changing', async () => {
    const store = new RestlessStore();
    const service = await (await new InMemoryService(store).know('owner', 'friend', 'guest', 'stranger')).put({
      ...image,
      recipients: { [friend]: 0 },
    });
    store.beforeSharesAreRead = () =>
      service.call(setImageShares, {
        ...at,
        recipients: [store.reads % 2 === 1 ? guest : place.principalOf('stranger')],
        acknowledgeRisk: true,
      });

    await expect(service.call(listImageShares, at)).rejects.toMatchObject({ code: 'Unavailable' });
    expect(store.reads).toBeGreaterThan(5);
  });

  it('returns when each recipient last launched an instance, and no other use', async () => {
    const service = await aService({ [friend]: 0, [guest]: 0 });
    service.passSeconds(60);
    await service.call(runInstance, at, { as: 'friend' });
    await service.call(runInstance, at);
    await service.call(getImage, at, { as: 'guest' });

    expect((await service.call(listImageShares, at)).shares).toEqual([
      { recipient: friend, sharedAt: noon.toISOString(), sharedBy: image.owner, lastUsedAt: secondsFromNoon(60).toISOString() },
      { recipient: guest, sharedAt: noon.toISOString(), sharedBy: image.owner },
    ]);
  });

  it('removes the time of last use with the share', async () => {
    const service = await aService({ [friend]: 0 });
    await service.call(runInstance, at, { as: 'friend' });
    await service.call(cancelImageShares, { ...at, all: 'true' });
    await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true });

    expect((await service.call(listImageShares, at)).shares[0]).not.toHaveProperty('lastUsedAt');
  });

  it('keeps the time of last use when the end of a share changes', async () => {
    const service = await aService({ [friend]: 0 });
    await service.call(runInstance, at, { as: 'friend' });
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await service.call(shareImage, { ...at, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect((await service.call(listImageShares, at)).shares).toMatchObject([{ lastUsedAt: noon.toISOString(), expiresAt }]);
  });

  it('refuses a recipient with NotOwner', async () => {
    const service = await aService({ [friend]: 0 });

    expect(await service.refusalOf(listImageShares, at, { as: 'friend' })).toMatchObject({
      code: 'NotOwner',
      details: { rule: 'received.privacy' },
    });
  });

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const [here, nowhere] = await Promise.all(
      [await aService(), await new InMemoryService().know('guest')].map((service) =>
        service.refusalOf(listImageShares, at, { as: 'guest' }),
      ),
    );

    expect(problem(here)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(problem(here)).toEqual(problem(nowhere));
  });
});
