import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listRecords } from '../../functions/list-records.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { anImageIn, fixtureOf, imageId, noonSeconds, policyFixtures, secondsFromNoon } from '../support/builders.ts';
import { type CallOptions, InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('listRecords under $name', (fixture) => {
  const [friend, guest, other] = ['friend', 'guest', 'other'].map(fixture.principalOf) as [PrincipalId, PrincipalId, PrincipalId];
  const later = secondsFromNoon(60).toISOString();
  const { region } = fixture;
  const image = anImageIn(fixture);
  const key = { region, imageId: image.imageId };
  const aService = async () => (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(image);
  const share = (service: InMemoryService, recipients: string[]) =>
    service.call(shareImage, { ...key, recipients, acknowledgeRisk: true });
  const sharing = (fields: object) => ({ ...key, ...fields, acknowledgeRisk: true });
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

  it.each<[string, boolean, (service: InMemoryService, options?: CallOptions) => Promise<unknown>]>([
    ['shares with another recipient', true, (service) => share(service, [guest])],
    ['shares with the same recipient again', true, (service) => share(service, [friend])],
    ['adds a recipient to the list', true, (service) => service.call(setImageShares, sharing({ recipients: [other, guest] }))],
    ['adds one and removes one', true, (service) => service.call(changeImageShares, sharing({ add: [guest], remove: [other] }))],
    ['removes a recipient', false, (service) => service.call(cancelImageShares, { ...key, recipient: other })],
    ['removes all recipients', false, (service) => service.call(cancelImageShares, { ...key, all: 'true' })],
    [
      'reschedules a recipient',
      false,
      (service) => service.call(setImageShares, sharing({ recipients: [other], expiresAt: later })),
    ],
    ['edits the image', false, (service) => service.call(updateImage, { ...key, name: 'new' })],
    ['copies the image', false, (service) => service.call(copyImage, { ...key, destinationRegion: region })],
  ])('records expired shares with the call that %s: %s; otherwise the clean-up does', async (_, isRecorded, change) => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend', 'guest', 'other')).putImages({
      ...image,
      recipients: { [other]: 0 },
    });
    await service.call(shareImage, sharing({ recipients: [friend], expiresAt: secondsFromNoon(1).toISOString() }));
    service.passSeconds(2);

    await change(service);

    const expired = async () => (await listActions(service)).filter((action) => action === 'ExpireImageShares').length;
    expect(await expired()).toBe(isRecorded ? 1 : 0);
    await service.cleanUp();
    expect(await expired()).toBe(1);
    expect(await listActions(service, {}, 'friend')).toContain('ExpireImageShares');
  });

  it.each([
    ['is deleted', image, (service: InMemoryService) => service.call(deleteImage, key)],
    [
      'fails',
      { ...image, state: 'pending' as const },
      (service: InMemoryService) => service.call(reportImageState, { ...key, state: 'failed' }, { scopes: ['compute'] }),
    ],
  ])('records expired shares when the image %s', async (_, made, change) => {
    const service = await (await new InMemoryService().createAccounts('owner', 'friend')).putImages({
      ...made,
      recipients: { [friend]: noonSeconds + 1 },
    });
    service.passSeconds(2);

    await change(service);

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

  it('filters by action, actor, and recipient', async () => {
    const service = await aService();
    await share(service, [friend, guest]);
    await service.call(cancelImageShares, { ...key, recipient: friend }, { subject: 'alice' });
    await service.call(updateImage, { ...key, name: 'new' });

    expect(await listActions(service, { action: ['ShareImage', 'UpdateImage'] })).toEqual(['UpdateImage', 'ShareImage']);
    expect(await listActions(service, { actor: 'owner/alice' })).toEqual(['CancelImageShares']);
    expect(await listActions(service, { actor: 'owner' })).toEqual(['UpdateImage', 'CancelImageShares', 'ShareImage']);
    expect(await listActions(service, { actor: 'own' })).toEqual([]);
    expect(await listActions(service, { recipient: friend })).toEqual(['CancelImageShares', 'ShareImage']);
    expect(await listActions(service, { recipient: guest, action: ['CancelImageShares'] })).toEqual([]);
  });

  it('fills a page with matches, and refuses its cursor for another filter', async () => {
    const service = await aService();
    for (const name of ['a', 'b', 'c']) {
      await share(service, [name === 'b' ? guest : friend]);
      await service.call(updateImage, { ...key, name });
    }
    const filter = { action: ['UpdateImage'], limit: '2' };
    const { records, nextCursor } = await service.call(listRecords, { region, ...filter });

    expect(records.map(({ action }) => action)).toEqual(['UpdateImage', 'UpdateImage']);
    expect(await listActions(service, { ...filter, cursor: nextCursor })).toEqual(['UpdateImage']);
    expect(await service.refusalOf(listRecords, { region, limit: '2', cursor: nextCursor })).toMatchObject({
      code: 'InvalidRequest',
    });
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
