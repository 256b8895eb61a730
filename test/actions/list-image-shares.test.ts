import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageKey } from '../../lib/model/ids.ts';
import { anImageIn, noon, noonSeconds, policyFixtures, refusalFields, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

/** A memory store that runs a callback whenever an image's shares are about to be read. */
class ChangingStore extends MemoryStore {
  reads = 0;
  beforeSharesRead: () => Promise<unknown> = async () => {};

  override async sharesOf(key: ImageKey) {
    this.reads += 1;
    await this.beforeSharesRead();
    return super.sharesOf(key);
  }
}

describe.each(policyFixtures)('listImageShares under $name', (fixture) => {
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const key = { region: image.region, imageId: image.imageId };
  const aService = async (recipients = {}) =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages({ ...image, recipients });

  it('returns recipients, share and end times, and actors to the owner, in order of sharing', async () => {
    const service = await aService();
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await service.call(shareImage, { ...key, recipients: [guest], acknowledgeRisk: true });
    service.passSeconds(60);
    await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect(await service.call(listImageShares, key)).toEqual({
      ...key,
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
    expect(await service.call(listImageShares, key)).toMatchObject({ used: 2 });

    service.passSeconds(1);
    expect(await service.call(listImageShares, key)).toMatchObject({ used: 1, shares: [{ recipient: guest }] });
  });

  it('returns the existing items if the item of a share is permanently missing', async () => {
    const service = await aService({ [friend]: 0, [guest]: 0 });
    await service.commit([{ do: 'remove-share', key: image, recipient: friend }]);

    expect(await service.call(listImageShares, key)).toMatchObject({ used: 2, shares: [{ recipient: guest }] });
  });

  it('returns no inconsistent list, but refuses with Unavailable while the list keeps changing', async () => {
    const store = new ChangingStore();
    const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest', 'stranger')).putImages({
      ...image,
      recipients: { [friend]: 0 },
    });
    store.beforeSharesRead = () =>
      service.call(setImageShares, {
        ...key,
        recipients: [store.reads % 2 === 1 ? guest : fixture.principalOf('stranger')],
        acknowledgeRisk: true,
      });

    await expect(service.call(listImageShares, key)).rejects.toMatchObject({ code: 'Unavailable' });
    expect(store.reads).toBeGreaterThan(5);
  });

  it('returns when each recipient last launched an instance, and no other use', async () => {
    const service = await aService({ [friend]: 0, [guest]: 0 });
    service.passSeconds(60);
    await service.call(runInstance, key, { as: 'friend' });
    await service.call(runInstance, key);
    await service.call(getImage, key, { as: 'guest' });

    expect((await service.call(listImageShares, key)).shares).toEqual([
      { recipient: friend, sharedAt: noon.toISOString(), sharedBy: image.owner, lastUsedAt: secondsFromNoon(60).toISOString() },
      { recipient: guest, sharedAt: noon.toISOString(), sharedBy: image.owner },
    ]);
  });

  it('removes the time of last use with the share', async () => {
    const service = await aService({ [friend]: 0 });
    await service.call(runInstance, key, { as: 'friend' });
    await service.call(cancelImageShares, { ...key, all: 'true' });
    await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true });

    expect((await service.call(listImageShares, key)).shares[0]).not.toHaveProperty('lastUsedAt');
  });

  it('keeps the time of last use when the end of a share changes', async () => {
    const service = await aService({ [friend]: 0 });
    await service.call(runInstance, key, { as: 'friend' });
    const expiresAt = secondsFromNoon(3_600).toISOString();
    await service.call(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true, expiresAt });

    expect((await service.call(listImageShares, key)).shares).toMatchObject([{ lastUsedAt: noon.toISOString(), expiresAt }]);
  });

  it('refuses a recipient with NotOwner', async () => {
    const service = await aService({ [friend]: 0 });

    expect(await service.refusalOf(listImageShares, key, { as: 'friend' })).toMatchObject({
      code: 'NotOwner',
      details: { rule: 'received.privacy' },
    });
  });

  it('refuses a stranger exactly as for an image that never existed', async () => {
    const [existing, missing] = await Promise.all(
      [await aService(), await new InMemoryService().createAccounts('guest')].map((service) =>
        service.refusalOf(listImageShares, key, { as: 'guest' }),
      ),
    );

    expect(refusalFields(existing)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(refusalFields(existing)).toEqual(refusalFields(missing));
  });
});
