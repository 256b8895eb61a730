import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Policy } from '../../lib/model/policy.ts';
import { anImageOf, freshId, freshMembers, type Member, places, share } from '../support/api.ts';

let members: [Member, Member, Member, Member, Member];

beforeAll(async () => {
  members = (await freshMembers(5)) as typeof members;
});

type Ids = [string, string, string, string, string];
const idsIn = (policy: Policy): Ids => members.map((member) => member.holderIn(policy) as string) as Ids;

/** How a member comes to see an image: all ways have to agree. */
async function seenBy(member: Member, region: string, imageId: string): Promise<boolean> {
  const [byId, list, access] = await Promise.all([
    member.try(getImage, { region, imageId }),
    member.ok(listImages, { region, limit: 100 }),
    member.ok(checkImageAccess, { region, imageId }),
  ]);
  const ways = [byId.status === 200, list.images.some((image) => image.imageId === imageId), access.allowed];
  if (new Set(ways).size > 1) {
    throw new Error(`By id, in the list, allowed to launch: ${ways}`);
  }
  return byId.status === 200;
}

describe.each(places)('the end of shares in $name', ({ region, policy }) => {
  const ids = () => idsIn(policy);

  const sharedImage = async () => {
    const image = await anImageOf(members[0], region);
    await share(members[0], image, ids().slice(1));
    return image;
  };

  const seeing = (imageId: string) => Promise.all(members.map((member) => seenBy(member, region, imageId)));

  it('is at once for one, several and all, by id, in the list and for access', async () => {
    const [owner] = members;
    const [, first, second, third, fourth] = ids();
    const { imageId } = await sharedImage();
    expect(await seeing(imageId)).toEqual([true, true, true, true, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, holder: first })).toEqual({
      imageId,
      cancelled: [first],
      notShared: [],
      used: 3,
      remaining: 47,
    });
    expect(await seeing(imageId)).toEqual([true, false, true, true, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: [second, third, second] })).toMatchObject({
      cancelled: [second, third],
      used: 1,
    });
    expect(await seeing(imageId)).toEqual([true, false, false, false, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, all: true })).toMatchObject({ cancelled: [fourth], used: 0 });
    expect(await seeing(imageId)).toEqual([true, false, false, false, false]);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 0, shares: [] });
  });

  it('says which shares were not there, and changes nothing else', async () => {
    const [owner] = members;
    const { imageId } = await sharedImage();
    const nobody = freshId('nobody');

    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: [nobody, ids()[1]] })).toMatchObject({
      cancelled: [ids()[1]],
      notShared: [nobody],
      used: 3,
    });
    expect(await owner.ok(cancelImageShares, { region, imageId, holder: ids()[1] })).toMatchObject({
      cancelled: [],
      notShared: [ids()[1]],
      used: 3,
    });
  });

  it('can be followed by a new share with the same recipient', async () => {
    const [owner, recipient] = members;
    const { imageId } = await sharedImage();
    await owner.ok(cancelImageShares, { region, imageId, holder: ids()[1] });

    await share(owner, { region, imageId }, [ids()[1]]);

    expect(await seenBy(recipient, region, imageId)).toBe(true);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 4 });
  });

  it('is left to the owner: a recipient ends no other share, a stranger none', async () => {
    const [owner, recipient, other, stranger] = members;
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, [ids()[1], ids()[2]]);

    for (const fields of [{ holder: ids()[2] }, { recipient: [ids()[2]] }, { recipient: [ids()[1]] }, { all: true }]) {
      expect(await recipient.refused(cancelImageShares, { region, imageId, ...fields })).toMatchObject({
        status: 403,
        code: 'NotOwner',
        rule: 'owner.cancels',
      });
      expect(await stranger.refused(cancelImageShares, { region, imageId, ...fields })).toMatchObject({ code: 'ImageNotFound' });
    }
    expect(await stranger.refused(cancelImageShares, { region, imageId, holder: ids()[3] })).toMatchObject({ status: 404 });
    expect(await seenBy(other, region, imageId)).toBe(true);
  });

  it('comes by leaving where the policy allows it', async () => {
    const [owner, recipient] = members;
    const { imageId } = await sharedImage();
    const answer = await recipient.try(cancelImageShares, { region, imageId, holder: ids()[1] });

    if (policy.recipientMayLeave) {
      expect(answer.body).toEqual({ imageId, cancelled: [ids()[1]], notShared: [] });
      expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 3 });
    } else {
      expect(answer).toMatchObject({ status: 403, body: { code: 'NotOwner', rule: 'received.leave' } });
    }
    expect(await seenBy(recipient, region, imageId)).toBe(!policy.recipientMayLeave);
  });
});

describe.each(places)('DELETE /v1/regions/{region}/images/{imageId} in $name', ({ region, policy }) => {
  const ids = () => idsIn(policy);

  it('refuses a shared image with ImageShared and its holders, or withdraws it, as the policy says', async () => {
    const [owner, recipient] = members;
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, ids().slice(1, 3));

    const answer = await owner.try(deleteImage, { region, imageId });

    if (policy.deleteWhileShared === 'refuse') {
      expect(answer).toMatchObject({ status: 409, body: { code: 'ImageShared', rule: 'delete.guard', used: 2 } });
      const { holders } = answer.body as { holders: string[] };
      expect(holders.toSorted()).toEqual(ids().slice(1, 3).toSorted());
      expect(await seenBy(recipient, region, imageId)).toBe(true);
      await owner.ok(cancelImageShares, { region, imageId, all: true });
      await owner.ok(deleteImage, { region, imageId });
    } else {
      expect(answer).toMatchObject({ status: 204, text: '' });
    }
    expect(await seenBy(recipient, region, imageId)).toBe(false);
    expect(await seenBy(owner, region, imageId)).toBe(false);
  });

  it('ends the image for every later call with ImageNotFound', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    await owner.ok(deleteImage, { region, imageId });

    const later = [
      await owner.refused(deleteImage, { region, imageId }),
      await owner.refused(getImage, { region, imageId }),
      await owner.refused(listImageShares, { region, imageId }),
      await owner.refused(cancelImageShares, { region, imageId, all: true }),
      await owner.refused(shareImage, { region, imageId, recipients: [ids()[1]], acknowledgeRisk: true }),
    ];

    expect(later.map(({ code }) => code)).toEqual(Array(5).fill('ImageNotFound'));
  });

  it('deletes nothing in a dry run, and says what would come of it', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    const answer = await owner.try(deleteImage, { region, imageId, dryRun: 'true' });

    expect(answer).toMatchObject({ status: 200, body: { dryRun: true, allowed: true } });
    expect(await seenBy(owner, region, imageId)).toBe(true);

    await share(owner, { region, imageId }, [ids()[1]]);
    const again = await owner.try(deleteImage, { region, imageId, dryRun: 'true' });
    expect(again.status).toBe(policy.deleteWhileShared === 'refuse' ? 409 : 200);
    expect(await seenBy(members[1], region, imageId)).toBe(true);
  });
});

describe('?dryRun=true', () => {
  const { region } = places[0] as (typeof places)[number];

  it('shares, cancels and imports nothing', async () => {
    const [owner, recipient] = members;
    const { imageId } = await anImageOf(owner, region);
    const dryRun = 'true';
    const shares = () => owner.ok(listImageShares, { region, imageId });

    expect(await owner.try(shareImage, { region, imageId, recipients: [recipient.account], dryRun })).toMatchObject({
      status: 200,
      text: '{"dryRun":true,"allowed":true}',
    });
    expect(await shares()).toMatchObject({ used: 0 });
    await share(owner, { region, imageId }, [recipient.account]);
    expect(await owner.try(cancelImageShares, { region, imageId, all: true, dryRun })).toMatchObject({ status: 200 });
    expect(await shares()).toMatchObject({ used: 1 });
    const before = await owner.ok(listImages, { region, limit: 100 });
    expect(await owner.try(importImage, { region, name: 'a', sizeGiB: 1, dryRun })).toMatchObject({ status: 200 });
    expect(await owner.ok(listImages, { region, limit: 100 })).toEqual(before);
  });

  it('meets the refusal that the call would meet', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    const fields = { region, imageId, recipients: [freshId('nobody')] };
    const { requestId: _, ...refusal } = await owner.refused(shareImage, fields);

    expect(await owner.refused(shareImage, { ...fields, dryRun: 'true' })).toMatchObject(refusal);
  });
});
