import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { noon, secondsFromNoon } from '../support/builders.ts';
import { anImageOf, type Member, share, tally, testRegions } from '../support/client.ts';
import { type ClockedService, startClockedService } from '../support/service.ts';

const capacity = 50;
const latecomers = 20;

let clockedService: ClockedService;
let owner: Member;
let members: Member[];

beforeAll(async () => {
  clockedService = await startClockedService(noon);
  [owner, ...members] = (await freshMembers(1 + capacity + latecomers)) as [Member, ...Member[]];
});
afterAll(() => clockedService.stop());

const lifetimeSeconds = 60;
const expiresAt = secondsFromNoon(lifetimeSeconds).toISOString();
const [lastInstant, end] = [new Date(secondsFromNoon(lifetimeSeconds).getTime() - 1), secondsFromNoon(lifetimeSeconds)];

describe.each(testRegions)('a share with an end time in $name', ({ region, policy }) => {
  const ids = () => members.map((member) => member.principalIn(policy));
  const lateIds = () => ids().slice(capacity);

  beforeEach(() => clockedService.setClock(noon));

  it('grants access and counts until the millisecond before its end, and not at all from then on', async () => {
    const [recipient] = members as [Member];
    const image = await anImageOf(owner, region);
    const { imageId } = image;
    await share(owner, image, ids().slice(0, 1), { expiresAt });

    clockedService.setClock(lastInstant);
    expect(await recipient.ok(getImage, { region, imageId })).toMatchObject({ visibility: 'shared' });
    expect(await recipient.ok(checkImageAccess, { region, imageId })).toMatchObject({ allowed: true });
    expect((await recipient.ok(listImages, { region })).images).toMatchObject([{ imageId }]);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 1, shares: [{ expiresAt }] });

    clockedService.setClock(end);
    expect(await recipient.refused(getImage, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
    expect(await recipient.ok(checkImageAccess, { region, imageId })).toMatchObject({ allowed: false, rule: 'received.visible' });
    expect((await recipient.ok(listImages, { region })).images).toEqual([]);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 0, remaining: 50, shares: [] });
    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ shareCount: 0 });
    await owner.ok(deleteImage, { region, imageId });
  });

  it('makes room for exactly one of 20 callers in that second', async () => {
    const { imageId } = await anImageOf(owner, region);
    const request = { region, imageId, acknowledgeRisk: true };
    await share(owner, request, ids().slice(0, 1), { expiresAt });
    await share(owner, request, ids().slice(1, capacity));

    clockedService.setClock(lastInstant);
    const [first] = lateIds();
    expect(await owner.refused(shareImage, { ...request, recipients: [first] })).toMatchObject({
      code: 'ShareCapExceeded',
      used: 50,
    });

    clockedService.setClock(end);
    const responses = await Promise.all(
      lateIds().map((recipient) => owner.try(shareImage, { ...request, recipients: [recipient] })),
    );

    expect(tally(responses)).toEqual({ 200: 1, '409 ShareCapExceeded': latecomers - 1 });
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 50, remaining: 0 });
  });
});
