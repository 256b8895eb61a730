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

describe.each(places)('a delete among 60 shares in $name', ({ region, policy }) => {
  /** Sends all shares, and the delete in their midst: after so many were sent, or once so many were answered. */
  const race = async (imageId: string, { sent, answered }: { sent?: number; answered?: number }) => {
    const start = Promise.withResolvers<void>();
    let answers = 0;
    const deleting = start.promise.then(() => owner.try(deleteImage, { region, imageId }));
    const sharing = members.map(async (member, at) => {
      if (at === sent) {
        start.resolve();
      }
      const recipient: string = member.holderIn(policy);
      const answer = await owner.try(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true });
      answers += 1;
      if (answers === answered) {
        start.resolve();
      }
      return { recipient, answer };
    });
    return { deleted: await deleting, shares: await Promise.all(sharing) };
  };

  const recipientsSeeing = async (imageId: string): Promise<string[]> => {
    const answers = await Promise.all(members.map((member) => member.try(getImage, { region, imageId })));
    return members.filter((_, at) => answers[at]?.status === 200).map((member) => member.holderIn(policy));
  };

  it.each([{ sent: 0 }, { sent: 10 }, { sent: 20 }, { sent: 40 }, { answered: 1 }, { answered: 30 }])(
    'leaves no share on a deleted image, $sent sent or $answered answered before it',
    async (when) => {
      const { imageId } = await anImageOf(owner, region);

      const { deleted, shares } = await race(imageId, when);

      const acknowledged = shares.filter(({ answer }) => answer.status === 200).map(({ recipient }) => recipient);
      const answered = tally(shares.map(({ answer }) => answer));
      const seeing = await recipientsSeeing(imageId);
      if (deleted.status === 409) {
        expect(policy.deleteWhileShared).toBe('refuse');
        expect(deleted.body).toMatchObject({ code: 'ImageShared', rule: 'delete.guard' });
        expect(answered).toEqual({ 200: 50, '409 ShareCapExceeded': 10 });
        expect(seeing.toSorted()).toEqual(acknowledged.toSorted());
        return;
      }
      expect(deleted.status).toBe(204);
      expect(seeing).toEqual([]);
      expect(policy.deleteWhileShared === 'refuse' ? acknowledged : []).toEqual([]);
      const { 200: _, '409 ShareCapExceeded': __, '404 ImageNotFound': ___, ...others } = answered;
      expect(others).toEqual({});
      expect(await owner.refused(listImageShares, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
      const { images } = await (members[0] as Member).ok(listImages, { region, limit: 100 });
      expect(images.map((image) => image.imageId)).not.toContain(imageId);
    },
  );
});
