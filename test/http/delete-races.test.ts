import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { anImageOf, type Member, places, tally } from '../support/client.ts';

let owner: Member;
let members: Member[];

beforeAll(async () => {
  [owner, ...members] = (await freshMembers(61)) as [Member, ...Member[]];
});

describe.each(places)('a deletion during 60 shares in $name', ({ region, policy }) => {
  /** Sends all shares, and the deletion after `sent` shares were sent or `answered` responses arrived. */
  const race = async (imageId: string, { sent, answered }: { sent?: number | undefined; answered?: number | undefined }) => {
    const start = Promise.withResolvers<void>();
    let answers = 0;
    const deleting = start.promise.then(() => owner.try(deleteImage, { region, imageId }));
    const sharing = members.map(async (member, at) => {
      if (at === sent) {
        start.resolve();
      }
      const recipients = [member.principalIn(policy)];
      const answer = await owner.try(shareImage, { region, imageId, recipients, acknowledgeRisk: true });
      answers += 1;
      if (answers === answered) {
        start.resolve();
      }
      return { member, answer };
    });
    return { deleted: await deleting, shares: await Promise.all(sharing) };
  };

  it.each([
    { when: 'before all shares', sent: 0 },
    { when: 'after 10 shares', sent: 10 },
    { when: 'after 20 shares', sent: 20 },
    { when: 'after 40 shares', sent: 40 },
    { when: 'after one response', answered: 1 },
    { when: 'after 30 responses', answered: 30 },
  ])('leaves no share on a deleted image, sent $when', async ({ sent, answered }) => {
    const { imageId } = await anImageOf(owner, region);

    const { deleted, shares } = await race(imageId, { sent, answered });

    const shared = shares.filter(({ answer }) => answer.status === 200).map(({ member }) => member);
    const answers = tally(shares.map(({ answer }) => answer));
    if (deleted.status === 409) {
      expect(policy.deleteWhileShared).toBe('refuse');
      expect(deleted.body).toMatchObject({ code: 'ImageShared', rule: 'delete.guard' });
      expect(answers).toEqual({ 200: 50, '409 ShareCapExceeded': 10 });
      const list = await owner.ok(listImageShares, { region, imageId });
      expect(list.shares.map(({ recipient }) => recipient).toSorted()).toEqual(
        shared.map((member) => member.principalIn(policy)).toSorted(),
      );
      return;
    }
    expect(deleted.status).toBe(204);
    expect(policy.deleteWhileShared === 'refuse' ? shared : []).toEqual([]);
    const { 200: _, '409 ShareCapExceeded': __, '404 ImageNotFound': ___, ...others } = answers;
    expect(others).toEqual({});
    expect(await owner.refused(listImageShares, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
    const [first] = members as [Member];
    const seen = await Promise.all([first, ...shared].map((member) => member.try(getImage, { region, imageId })));
    expect(tally(seen)).toEqual({ '404 ImageNotFound': seen.length });
    const { images } = await first.ok(listImages, { region, limit: 100 });
    expect(images.map((image) => image.imageId)).not.toContain(imageId);
  });
});
