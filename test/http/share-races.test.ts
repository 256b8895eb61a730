import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { anImageOf, type Member, share, tally, testRegions } from '../support/client.ts';

let owner: Member;
let members: Member[];

beforeAll(async () => {
  [owner, ...members] = (await freshMembers(101)) as [Member, ...Member[]];
});

const listedIds = async (member: Member, region: string) =>
  (await member.ok(listImages, { region, limit: 100 })).images.map((image) => image.imageId as string);

/** One region is enough: test/trust/ races the calls in the region of each cloud. */
const [{ region, policy }] = testRegions as [(typeof testRegions)[number]];

describe('concurrent shares of one image', () => {
  const ids = () => members.map((member) => member.principalIn(policy));
  const shareWith = (imageId: string, recipient: string) =>
    owner.try(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true });
  const sharesOf = (imageId: string) => owner.ok(listImageShares, { region, imageId });

  it('accepts exactly 50 of 100', async () => {
    const { imageId } = await anImageOf(owner, region);

    const responses = await Promise.all(ids().map((recipient) => shareWith(imageId, recipient)));

    expect(tally(responses)).toEqual({ 200: 50, '409 ShareCapExceeded': 50 });
    const { used, remaining, shares } = await sharesOf(imageId);
    const accepted = ids().filter((_, index) => responses[index]?.status === 200);
    expect({ used, remaining }).toEqual({ used: 50, remaining: 0 });
    expect(shares.map(({ recipient }) => recipient).toSorted()).toEqual(accepted.toSorted());
    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ shareCount: 50 });
  });

  it('accepts exactly one of 20 for the last remaining recipient', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, ids().slice(0, 49));

    const responses = await Promise.all(
      ids()
        .slice(49, 69)
        .map((recipient) => shareWith(imageId, recipient)),
    );

    expect(tally(responses)).toEqual({ 200: 1, '409 ShareCapExceeded': 19 });
    expect((await sharesOf(imageId)).shares).toHaveLength(50);
  });

  it('creates one share for 20 identical calls, which one cancel stops', async () => {
    const { imageId } = await anImageOf(owner, region);
    const [recipient] = members as [Member];
    const id = recipient.principalIn(policy);

    const responses = await Promise.all(Array.from({ length: 20 }, () => shareWith(imageId, id)));

    expect(tally(responses)).toEqual({ 200: 20 });
    expect(new Set(responses.map(({ body }) => JSON.stringify((body as { shares: unknown }).shares))).size).toBe(1);
    expect(await sharesOf(imageId)).toMatchObject({ used: 1, shares: [{ recipient: id }] });
    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: id })).toMatchObject({ cancelled: [id], used: 0 });
    expect(await recipient.refused(getImage, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
    expect(await listedIds(recipient, region)).not.toContain(imageId);
  });

  it('enforces the cap during concurrent cancels', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, ids().slice(0, 50));

    const [cancels, shares] = await Promise.all([
      Promise.all(
        ids()
          .slice(0, 10)
          .map((principal) => owner.try(cancelImageShares, { region, imageId, recipient: principal })),
      ),
      Promise.all(
        ids()
          .slice(50, 80)
          .map((recipient) => shareWith(imageId, recipient)),
      ),
    ]);

    expect(tally(cancels)).toEqual({ 200: 10 });
    const accepted = tally(shares)[200] ?? 0;
    expect(accepted).toBeLessThanOrEqual(10);
    expect(tally(shares)).toEqual({ ...(accepted > 0 && { 200: accepted }), '409 ShareCapExceeded': 30 - accepted });
    expect((await sharesOf(imageId)).shares).toHaveLength(40 + accepted);
  });
});
