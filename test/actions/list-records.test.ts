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
import { anImageIn, imageId, noonSeconds, placeOf, places, secondsFromNoon } from '../support/builders.ts';
import { type Calling, InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('listRecords under $name', (place) => {
  const [friend, guest, other] = ['friend', 'guest', 'other'].map(place.principalOf) as [PrincipalId, PrincipalId, PrincipalId];
  const later = secondsFromNoon(60).toISOString();
  const { region } = place;
  const image = anImageIn(place);
  const at = { region, imageId: image.imageId };
  const aService = async () => (await new InMemoryService().know('owner', 'friend', 'guest')).put(image);
  const share = (service: InMemoryService, recipients: string[]) =>
    service.call(shareImage, { ...at, recipients, acknowledgeRisk: true });
  const sharing = (fields: object) => ({ ...at, ...fields, acknowledgeRisk: true });
  const actions = async (service: InMemoryService, fields: object = {}, as = 'owner') =>
    (await service.call(listRecords, { region, ...fields }, { as })).records.map(({ action }) => action);

  it('returns actor, action, time, source IP, and request id to the owner, newest first', async () => {
    const service = await aService();
    await share(service, [friend, guest]);
    service.passSeconds(60);
    await service.call(cancelImageShares, { ...at, recipient: friend });

    const { records } = await service.call(listRecords, { region });
    const common = { actor: 'owner', from: '192.0.2.1', requestId: 'request-1', ...at };
    expect(records).toMatchObject([
      { ...common, action: 'CancelImageShares', at: secondsFromNoon(60).toISOString(), recipients: [friend] },
      { ...common, action: 'ShareImage', at: secondsFromNoon(0).toISOString(), recipients: [friend, guest] },
    ]);
  });

  it("returns only a recipient's own share to it, without source IP and other recipients", async () => {
    const service = await aService();
    await share(service, [friend, guest]);
    await service.call(cancelImageShares, { ...at, recipient: guest });
    await service.call(updateImage, { ...at, name: 'new' });

    const { records } = await service.call(listRecords, { region }, { as: 'friend' });
    expect(records).toMatchObject([{ action: 'ShareImage', recipients: [friend] }]);
    expect(records[0]).not.toHaveProperty('from');
    expect(JSON.stringify(records)).not.toContain(guest);
  });

  it('returns nothing to a stranger', async () => {
    const service = await aService();
    await share(service, [friend]);

    expect(await actions(service, {}, 'guest')).toEqual([]);
  });

  it('records an expiry once, whichever call finds it first', async () => {
    const service = await (await new InMemoryService().know('owner', 'friend', 'guest')).put({
      ...image,
      recipients: { [friend]: noonSeconds + 1 },
    });
    service.passSeconds(2);
    await share(service, [guest]);
    await service.cleanUp();

    expect((await actions(service)).sort()).toEqual(['ExpireImageShares', 'ShareImage']);
    expect(await actions(service, {}, 'friend')).toEqual(['ExpireImageShares']);
  });

  it.each<[string, boolean, (service: InMemoryService, calling?: Calling) => Promise<unknown>]>([
    ['shares with another recipient', true, (service) => share(service, [guest])],
    ['shares with the same recipient again', true, (service) => share(service, [friend])],
    ['adds a recipient to the list', true, (service) => service.call(setImageShares, sharing({ recipients: [other, guest] }))],
    ['adds one and removes one', true, (service) => service.call(changeImageShares, sharing({ add: [guest], remove: [other] }))],
    ['removes a recipient', false, (service) => service.call(cancelImageShares, { ...at, recipient: other })],
    ['removes all recipients', false, (service) => service.call(cancelImageShares, { ...at, all: 'true' })],
    [
      'reschedules a recipient',
      false,
      (service) => service.call(setImageShares, sharing({ recipients: [other], expiresAt: later })),
    ],
    ['edits the image', false, (service) => service.call(updateImage, { ...at, name: 'new' })],
    ['copies the image', false, (service) => service.call(copyImage, { ...at, destinationRegion: region })],
  ])('records expired shares with the call that %s: %s; otherwise the clean-up does', async (_, isRecorded, change) => {
    const service = await (await new InMemoryService().know('owner', 'friend', 'guest', 'other')).put({
      ...image,
      recipients: { [other]: 0 },
    });
    await service.call(shareImage, sharing({ recipients: [friend], expiresAt: secondsFromNoon(1).toISOString() }));
    service.passSeconds(2);

    await change(service);

    const expired = async () => (await actions(service)).filter((action) => action === 'ExpireImageShares').length;
    expect(await expired()).toBe(isRecorded ? 1 : 0);
    await service.cleanUp();
    expect(await expired()).toBe(1);
    expect(await actions(service, {}, 'friend')).toContain('ExpireImageShares');
  });

  it.each([
    ['is deleted', image, (service: InMemoryService) => service.call(deleteImage, at)],
    [
      'fails',
      { ...image, state: 'pending' as const },
      (service: InMemoryService) => service.call(reportImageState, { ...at, state: 'failed' }, { scopes: ['compute'] }),
    ],
  ])('records expired shares when the image %s', async (_, made, change) => {
    const service = await (await new InMemoryService().know('owner', 'friend')).put({
      ...made,
      recipients: { [friend]: noonSeconds + 1 },
    });
    service.passSeconds(2);

    await change(service);

    expect(await actions(service, {}, 'friend')).toEqual(['ExpireImageShares']);
  });

  it('filters by region, image, and time', async () => {
    const service = await (await aService()).put(anImageIn(place, { imageId: imageId('img-00000002') }));
    await share(service, [friend]);
    service.passSeconds(60);
    await service.call(updateImage, { region, imageId: 'img-00000002', name: 'new' });
    await service.call(importImage, { region: place.elsewhere, name: 'x', sizeGiB: 1 });

    expect(await actions(service)).toEqual(['UpdateImage', 'ShareImage']);
    expect(await actions(service, { imageId: image.imageId })).toEqual(['ShareImage']);
    expect(await actions(service, { region: place.elsewhere })).toEqual(['ImportImage']);
    expect(await actions(service, { from: secondsFromNoon(60).toISOString() })).toEqual(['UpdateImage']);
    expect(await actions(service, { to: secondsFromNoon(60).toISOString() })).toEqual(['ShareImage']);
  });

  it('returns every record once over pages', async () => {
    const service = await aService();
    for (const name of ['a', 'b', 'c']) {
      await service.call(updateImage, { ...at, name });
    }
    const first = await service.call(listRecords, { region, limit: '2' });
    const second = await service.call(listRecords, { region, limit: '2', cursor: first.nextCursor });

    expect(new Set([...first.records, ...second.records].map(({ id }) => id)).size).toBe(3);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it('refuses the cursor of another caller with InvalidRequest', async () => {
    const service = await aService();
    await service.call(updateImage, { ...at, name: 'a' });
    await service.call(updateImage, { ...at, name: 'b' });
    const { nextCursor } = await service.call(listRecords, { region, limit: '1' });

    expect(await service.refusalOf(listRecords, { region, limit: '1', cursor: nextCursor }, { as: 'friend' })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});

describe('listRecords without a region', () => {
  const held = [placeOf('tencent'), placeOf('ucloud')];

  it.each([
    ["the account's records", {}, 'ap-guangzhou'],
    ["the records of the request's project", { project: 'org-owner' }, 'cn-bj2'],
    ["the records of the token's project", { boundTo: 'org-owner' }, 'cn-bj2'],
  ])('lists %s', async (_, calling, expected) => {
    const service = await new InMemoryService().know('owner');
    for (const { region } of held) {
      await service.call(importImage, { region, name: 'x', sizeGiB: 1 });
    }

    expect(await service.call(listRecords, {}, calling)).toMatchObject({ records: [{ region: expected }] });
  });
});
