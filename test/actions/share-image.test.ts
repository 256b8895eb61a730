import { putProject } from '../../functions/put-project.ts';
import { shareImage } from '../../functions/share-image.ts';
import {
  anImageIn,
  fixtureOf,
  noonSeconds,
  policyFixtures,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const later = secondsFromNoon(3_600);

describe.each(policyFixtures)('shareImage under $name', (fixture) => {
  const { region } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture);
  const { imageId } = image;
  const requestFor = (...recipients: string[]) => ({ region, imageId, recipients, acknowledgeRisk: true });
  const aService = async (parts: Parameters<typeof anImageIn>[1] = {}) =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(anImageIn(fixture, parts));
  const recipientsIn = async (service: InMemoryService) => (await service.store.image(image))?.recipients;

  describe('effects', () => {
    it('returns each recipient once, and the remaining count', async () => {
      const service = await aService();

      expect(await service.call(shareImage, requestFor(friend, guest, friend))).toMatchObject({
        cap: 50,
        used: 2,
        remaining: 48,
        shares: [
          { recipient: friend, sharedBy: 'owner' },
          { recipient: guest, sharedBy: 'owner' },
        ],
      });
    });

    it('sets the given end time', async () => {
      const service = await aService();

      const response = await service.call(shareImage, { ...requestFor(friend), expiresAt: later.toISOString() });

      expect(response.shares).toMatchObject([{ expiresAt: later.toISOString() }]);
      expect(response.previousExpirations).toBeUndefined();
      expect(await recipientsIn(service)).toEqual({ [friend]: noonSeconds + 3_600 });
    });

    it('returns the previous end times of rescheduled shares', async () => {
      const service = await aService();
      await service.call(shareImage, { ...requestFor(friend), expiresAt: later.toISOString() });

      expect(await service.call(shareImage, { ...requestFor(friend, guest), expiresAt: null })).toMatchObject({
        rescheduled: [friend],
        previousExpirations: { [friend]: later.toISOString() },
      });
    });

    it('keeps the first sharedAt, counts once, and writes nothing for an existing recipient', async () => {
      const service = await aService();
      const first = await service.call(shareImage, requestFor(friend));
      const before = await service.contents();
      service.passSeconds(60);

      expect(await service.call(shareImage, requestFor(friend))).toEqual({ ...first, added: [] });
      expect(await service.contents()).toEqual(before);
    });

    it.each([
      ['changes only the end if a repeated share has another one', later.toISOString(), later.toISOString()],
      ['keeps the end if a repeated share has none', undefined, secondsFromNoon(600).toISOString()],
      ['removes the end if a repeated share has null', null, undefined],
    ])('%s', async (_, expiresAt, expected) => {
      const service = await aService();
      const first = await service.call(shareImage, { ...requestFor(friend), expiresAt: secondsFromNoon(600).toISOString() });
      service.passSeconds(60);

      const { used, shares } = await service.call(shareImage, { ...requestFor(friend), expiresAt });

      expect(used).toBe(1);
      expect(shares[0]?.expiresAt).toBe(expected);
      expect(shares[0]?.sharedAt).toBe(first.shares[0]?.sharedAt);
    });

    it('sets a new share time for a recipient whose share has expired', async () => {
      const service = await aService({ recipients: { [friend]: noonSeconds } });
      service.passSeconds(60);

      expect((await service.call(shareImage, requestFor(friend))).shares).toMatchObject([
        { sharedAt: secondsFromNoon(60).toISOString() },
      ]);
    });

    it('reuses the capacity of an expired share', async () => {
      const expired = principals(1)[0] as string;
      const service = await aService({ recipients: { ...sharedWith(principals(50)), [expired]: noonSeconds } });

      expect(await service.call(shareImage, requestFor(friend))).toMatchObject({ used: 50, remaining: 0 });
    });

    it('leaves a record for the owner, and a copy per recipient without source IP and other recipients', async () => {
      const service = await aService();
      await service.call(shareImage, requestFor(friend, guest));

      const [ownerRecord] = await service.recordsOf(image.owner, fixture.policy.principalKind);
      const [friendRecord] = await service.recordsOf(friend, fixture.policy.principalKind);
      expect(ownerRecord).toMatchObject({ action: 'ShareImage', actor: 'owner', from: '192.0.2.1', recipients: [friend, guest] });
      expect(friendRecord).toMatchObject({ action: 'ShareImage', recipients: [friend] });
      expect(friendRecord).not.toHaveProperty('from');
    });
  });

  describe('races', () => {
    it('refuses a recipient when a concurrent share reaches the cap', async () => {
      const store = new InterruptibleStore();
      const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest')).putImages(
        anImageIn(fixture, { recipients: sharedWith(principals(49)) }),
      );
      store.beforeNextCommit(() => service.call(shareImage, requestFor(guest)));

      await expect(service.call(shareImage, requestFor(friend))).rejects.toMatchObject({
        code: 'ShareCapExceeded',
        details: { used: 50 },
      });
      expect(Object.keys((await recipientsIn(service)) ?? {})).toHaveLength(50);
    });

    it('shares once with a recipient that is added concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await (await new InMemoryService(store).createAccounts('owner', 'friend')).putImages(image);
      store.beforeNextCommit(() => service.call(shareImage, requestFor(friend)));

      expect(await service.call(shareImage, requestFor(friend))).toMatchObject({ used: 1, shares: [{ recipient: friend }] });
      expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toHaveLength(1);
    });
  });
});

describe('shareImage with another project of the same account under UCloud', () => {
  const fixture = fixtureOf('ucloud');
  const image = anImageIn(fixture);

  it('shares as with any other project', async () => {
    const service = await (await new InMemoryService().createAccounts('owner')).putImages(image);
    const operator = { scopes: ['operator'] } as const;
    await service.call(putProject, { accountId: 'owner', projectId: 'org-2', name: 'Second' }, operator);
    const { region, imageId } = image;

    expect(await service.call(shareImage, { region, imageId, recipients: ['org-2'], acknowledgeRisk: true })).toMatchObject({
      used: 1,
    });
  });
});
