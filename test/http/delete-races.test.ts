import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageOf, freshMembers, type Member, places, tally } from '../support/api.ts';

let owner: Member;
let members: Member[];

beforeAll(async () => {
  [owner, ...members] = (await freshMembers(61)) as [Member, ...Member[]];
});

const seen = async (member: Member, region: string) =>
  (await member.ok(listImages, { region, limit: 100 })).images.map((image) => image.imageId as string);

describe.each(places)('a delete among 60 shares in $name', ({ region, policy }) => {
  it.each([0, 10, 20, 40])('sent after %i of them leaves no share on a deleted image', async (before) => {
    const { imageId } = await anImageOf(owner, region);
    const ids = members.map((member) => member.holderIn(policy)).slice(0, 60);
    const shareWith = async (recipient: string) => {
      const answer = await owner.try(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true });
      return { recipient, answer };
    };

    const early = ids.slice(0, before).map(shareWith);
    const deleting = owner.try(deleteImage, { region, imageId });
    const late = ids.slice(before).map(shareWith);
    const [deleted, shares] = await Promise.all([deleting, Promise.all([...early, ...late])]);

    const acknowledged = shares.filter(({ answer }) => answer.status === 200).map(({ recipient }) => recipient);
    const seeing = (
      await Promise.all(
        members.slice(0, 60).map(async (member) => ({ member, answer: await member.try(getImage, { region, imageId }) })),
      )
    )
      .filter(({ answer }) => answer.status === 200)
      .map(({ member }) => member.holderIn(policy) as string);
    const answered = tally(shares.map(({ answer }) => answer));

    if (deleted.status === 409) {
      expect(deleted.body).toMatchObject({ code: 'ImageShared', rule: 'delete.guard' });
      expect(answered).toEqual({ 200: 50, '409 ShareCapExceeded': 10 });
      expect(seeing.toSorted()).toEqual(acknowledged.toSorted());
    } else {
      expect(deleted.status).toBe(204);
      expect(seeing).toEqual([]);
      expect(Object.keys(answered).filter((one) => !['200', '404 ImageNotFound', '409 ShareCapExceeded'].includes(one))).toEqual(
        [],
      );
      if (policy.deleteWhileShared === 'refuse') {
        expect(acknowledged).toEqual([]);
      }
      expect(await owner.refused(listImageShares, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
      expect(await seen(members[0] as Member, region)).not.toContain(imageId);
    }
  });
});
