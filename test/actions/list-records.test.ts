import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { listRecords } from '../../functions/list-records.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageIn, fixtureOf, imageId, noonSeconds, policyFixtures, secondsFromNoon } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('listRecords under $name', (fixture) => {
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const { region } = fixture;
  const image = anImageIn(fixture);
  const key = { region, imageId: image.imageId };
  const aService = async () => (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(image);
  const share = (service: InMemoryService, recipients: string[]) =>
    service.call(shareImage, { ...key, recipients, acknowledgeRisk: true });
  const listActions = async (service: InMemoryService, fields: object = {}, as = 'owner') =>
    (await service.call(listRecords, { region, ...fields }, { as })).records.map(({ action }) => action);

  it('returns actor, action, time, source IP, and request id to the owner, newest first', async () => {
    const service = await aService();
    await share(service, [friend, guest]);
    service.passSeconds(60);
    await service.call(cancelImageShares, { ...key, recipient: friend });

    const { records } = await service.call(listRecords, { region });
    const common = { actor: 'owner', from: '192.0.2.1', requestId: 'request-1', ...key };
    expect(records).toMatchObject([
      { ...common, action: 'CancelImageShares', at: secondsFromNoon(60).toISOString(), recipients: [friend] },
      { ...common, action: 'ShareImage', at: secondsFromNoon(0).toISOString(), recipients: [friend, guest] },
    ]);
  });

  it("returns only a recipient's own share to it, without source IP and other recipients", async () => {
    const service = await aService();
    await share(service, [friend, guest]);
    await service.call(cancelImageShares, { ...key, recipient: guest });
    await service.call(updateImage, { ...key, name: 'new' });

    const { records } = await service.call(listRecords, { region }, { as: 'friend' });
    expect(records).toMatchObject([{ action: 'ShareImage', recipients: [friend] }]);
    expect(records[0]).not.toHaveProperty('from');
    expect(JSON.stringify(records)).not.toContain(guest);
  });

  it('returns nothing to a stranger', async () => {
    const service = await aService();
    await share(service, [friend]);

    expect(await listActions(service, {}, 'guest')).toEqual([]);
  });

  it('records an expiry once, whichever call finds it first', async () => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages({
      ...image,
      recipients: { [friend]: noonSeconds + 1 },
    });
    service.passSeconds(2);
    await share(service, [guest]);
    await service.cleanUp();

    expect((await listActions(service)).sort()).toEqual(['ExpireImageShares', 'ShareImage']);
    expect(await listActions(service, {}, 'friend')).toEqual(['ExpireImageShares']);
  });

  it('filters by region, image, and time', async () => {
    const service = await (await aService()).putImages(anImageIn(fixture, { imageId: imageId('img-00000002') }));
    await share(service, [friend]);
    service.passSeconds(60);
    await service.call(updateImage, { region, imageId: 'img-00000002', name: 'new' });
    await service.call(importImage, { region: fixture.otherRegion, name: 'x', sizeGiB: 1 });

    expect(await listActions(service)).toEqual(['UpdateImage', 'ShareImage']);
    expect(await listActions(service, { imageId: image.imageId })).toEqual(['ShareImage']);
    expect(await listActions(service, { region: fixture.otherRegion })).toEqual(['ImportImage']);
    expect(await listActions(service, { from: secondsFromNoon(60).toISOString() })).toEqual(['UpdateImage']);
    expect(await listActions(service, { to: secondsFromNoon(60).toISOString() })).toEqual(['ShareImage']);
  });

  it('returns every record once over pages', async () => {
    const service = await aService();
    for (const name of ['a', 'b', 'c']) {
      await service.call(updateImage, { ...key, name });
    }
    const first = await service.call(listRecords, { region, limit: '2' });
    const second = await service.call(listRecords, { region, limit: '2', cursor: first.nextCursor });

    expect(new Set([...first.records, ...second.records].map(({ id }) => id)).size).toBe(3);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it('refuses the cursor of another caller with InvalidRequest', async () => {
    const service = await aService();
    await service.call(updateImage, { ...key, name: 'a' });
    await service.call(updateImage, { ...key, name: 'b' });
    const { nextCursor } = await service.call(listRecords, { region, limit: '1' });

    expect(await service.refusalOf(listRecords, { region, limit: '1', cursor: nextCursor }, { as: 'friend' })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

describe('listRecords without a region', () => {
  const fixtures = [fixtureOf('tencent'), fixtureOf('ucloud')];

  it.each([
    ["the account's records", {}, 'ap-guangzhou'],
    ["the records of the request's project", { project: 'org-owner' }, 'cn-bj2'],
    ["the records of the token's project", { tokenProject: 'org-owner' }, 'cn-bj2'],
  ])('lists %s', async (_, options, expected) => {
    const service = await new InMemoryService().createAccounts('owner');
    for (const { region } of fixtures) {
      await service.call(importImage, { region, name: 'x', sizeGiB: 1 });
    }

    expect(await service.call(listRecords, {}, options)).toMatchObject({ records: [{ region: expected }] });
  });
});
