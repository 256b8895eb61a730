import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageOf, eventually, freshMembers, type Member, places, share } from '../support/api.ts';

const lifeSeconds = 3;

let owner: Member;
let members: Member[];

beforeAll(async () => {
  [owner, ...members] = (await freshMembers(52)) as [Member, ...Member[]];
});

/** The second in which a share given now is to end. */
const soon = (): string => new Date((Math.floor(Date.now() / 1_000) + lifeSeconds) * 1_000).toISOString();

describe.each(places)('a share with an end time in $name', ({ region, policy }) => {
  const ids = () => members.map((member) => member.holderIn(policy));

  it('grants until then, from then on nothing, counts no longer, and bars no delete', async () => {
    const [recipient] = members as [Member];
    const [full, other] = [await anImageOf(owner, region), await anImageOf(owner, region)];
    const { imageId } = full;
    const last = { region, imageId, recipients: ids().slice(50), acknowledgeRisk: true };
    const expiresAt = soon();
    await share(owner, full, ids().slice(0, 50), { expiresAt });
    await share(owner, other, ids().slice(0, 2), { expiresAt });
    expect(await owner.refused(shareImage, last)).toMatchObject({ code: 'ShareCapExceeded', used: 50 });
    expect(await recipient.ok(getImage, { region, imageId })).toMatchObject({ visibility: 'shared' });

    const answers: { sentAt: number; status: number }[] = [];
    await eventually(
      async () => {
        const sentAt = Date.now();
        const { status } = await recipient.try(getImage, { region, imageId });
        answers.push({ sentAt, status });
        return status;
      },
      (status) => status === 404,
    );

    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect(answers.filter(({ sentAt, status }) => sentAt >= Date.parse(expiresAt) && status !== 404)).toEqual([]);
    expect(await recipient.ok(checkImageAccess, { region, imageId })).toMatchObject({ allowed: false, rule: 'received.visible' });
    expect((await recipient.ok(listImages, { region })).images).toEqual([]);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 0, remaining: 50, shares: [] });
    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ shareCount: 0 });

    expect(await owner.ok(shareImage, last)).toMatchObject({ used: 1, shares: [{ recipient: last.recipients[0] }] });
    await owner.ok(deleteImage, { region, imageId: other.imageId });
  });
});
