import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { anImageOf, type Member, tally, testRegions } from '../support/client.ts';

let owner: Member;
let members: Member[];

beforeAll(async () => {
  [owner, ...members] = (await freshMembers(61)) as [Member, ...Member[]];
});

describe.each(testRegions)('a deletion during 60 shares in $name', ({ region, policy }) => {
  /** Sends all shares, and the deletion after `sentCount` shares were sent or `respondedCount` responses arrived. */
  const race = async (
    imageId: string,
    { sentCount, respondedCount }: { sentCount?: number | undefined; respondedCount?: number | undefined },
  ) => {
    const start = Promise.withResolvers<void>();
    let tallied = 0;
    const deletion = start.promise.then(() => owner.try(deleteImage, { region, imageId }));
    const shares = members.map(async (member, at) => {
      if (at === sentCount) {
        start.resolve();
      }
      const recipients = [member.principalIn(policy)];
      const response = await owner.try(shareImage, { region, imageId, recipients, acknowledgeRisk: true });
      tallied += 1;
      if (tallied === respondedCount) {
        start.resolve();
      }
      return { member, answer: response };
    });
    return { deleted: await deletion, shares: await Promise.all(shares) };
  };

  it.each([
    { when: 'before all shares', sentCount: 0 },
    { when: 'after 10 shares', sentCount: 10 },
    { when: 'after 20 shares', sentCount: 20 },
    { when: 'after 40 shares', sentCount: 40 },
    { when: 'after one response', respondedCount: 1 },
    { when: 'after 30 responses', respondedCount: 30 },
  ])('leaves no share on a deleted image, sent $when', async ({ sentCount, respondedCount }) => {
    const { imageId } = await anImageOf(owner, region);

    const { deleted, shares } = await race(imageId, { sentCount, respondedCount });

    const shared = shares.filter(({ answer: response }) => response.status === 200).map(({ member }) => member);
    const tallied = tally(shares.map(({ answer: response }) => response));
    if (deleted.status === 409) {
      expect(policy.deleteWhileShared).toBe('refuse');
      expect(deleted.body).toMatchObject({ code: 'ImageShared', rule: 'delete.guard' });
      expect(tallied).toEqual({ 200: 50, '409 ShareCapExceeded': 10 });
      const list = await owner.ok(listImageShares, { region, imageId });
      expect(list.shares.map(({ recipient }) => recipient).toSorted()).toEqual(
        shared.map((member) => member.principalIn(policy)).toSorted(),
      );
      return;
    }
    expect(deleted.status).toBe(204);
    expect(policy.deleteWhileShared === 'refuse' ? shared : []).toEqual([]);
    const { 200: _, '409 ShareCapExceeded': __, '404 ImageNotFound': ___, ...others } = tallied;
    expect(others).toEqual({});
    expect(await owner.refused(listImageShares, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
    const [first] = members as [Member];
    const reads = await Promise.all([first, ...shared].map((member) => member.try(getImage, { region, imageId })));
    expect(tally(reads)).toEqual({ '404 ImageNotFound': reads.length });
    const { images } = await first.ok(listImages, { region, limit: 100 });
    expect(images.map((image) => image.imageId)).not.toContain(imageId);
  });
});
