import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import type { Policy } from '../../lib/model/policy.ts';
import { freshMembers } from '../support/api.ts';
import { anImageOf, freshId, type Member, share, testRegions } from '../support/client.ts';
import { isVisibleTo } from './visibility-probe.ts';

let members: [Member, Member, Member, Member, Member];

beforeAll(async () => {
  members = (await freshMembers(5)) as typeof members;
});

type Ids = [string, string, string, string, string];
const idsIn = (policy: Policy): Ids => members.map((member) => member.principalIn(policy) as string) as Ids;

describe.each(testRegions)('stopping shares in $name', ({ region, policy }) => {
  const ids = () => idsIn(policy);

  const sharedImage = async () => {
    const image = await anImageOf(members[0], region);
    await share(members[0], image, ids().slice(1));
    return image;
  };

  const visibility = (imageId: string) => Promise.all(members.map((member) => isVisibleTo(member, region, imageId)));

  it('takes effect immediately for one, several, and all shares, by id, in lists, and in access checks', async () => {
    const [owner] = members;
    const [, first, second, third, fourth] = ids();
    const { imageId } = await sharedImage();
    expect(await visibility(imageId)).toEqual([true, true, true, true, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: first })).toEqual({
      imageId,
      cancelled: [first],
      notShared: [],
      used: 3,
      remaining: 47,
    });
    expect(await visibility(imageId)).toEqual([true, false, true, true, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: [second, third, second] })).toMatchObject({
      cancelled: [second, third],
      used: 1,
    });
    expect(await visibility(imageId)).toEqual([true, false, false, false, true]);

    expect(await owner.ok(cancelImageShares, { region, imageId, all: true })).toMatchObject({ cancelled: [fourth], used: 0 });
    expect(await visibility(imageId)).toEqual([true, false, false, false, false]);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 0, shares: [] });
  });

  it('reports recipients without a share, and changes nothing else', async () => {
    const [owner] = members;
    const { imageId } = await sharedImage();
    const nobody = freshId('nobody');

    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: [nobody, ids()[1]] })).toMatchObject({
      cancelled: [ids()[1]],
      notShared: [nobody],
      used: 3,
    });
    expect(await owner.ok(cancelImageShares, { region, imageId, recipient: ids()[1] })).toMatchObject({
      cancelled: [],
      notShared: [ids()[1]],
      used: 3,
    });
  });

  it('allows a new share with the same recipient', async () => {
    const [owner, recipient] = members;
    const { imageId } = await sharedImage();
    await owner.ok(cancelImageShares, { region, imageId, recipient: ids()[1] });

    await share(owner, { region, imageId }, [ids()[1]]);

    expect(await isVisibleTo(recipient, region, imageId)).toBe(true);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 4 });
  });

  it("is reserved to the owner: a recipient can't stop other shares, a stranger none", async () => {
    const [owner, recipient, other, stranger] = members;
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, [ids()[1], ids()[2]]);

    for (const fields of [{ recipient: ids()[2] }, { recipient: [ids()[2]] }, { recipient: [ids()[1]] }, { all: true }]) {
      expect(await recipient.refused(cancelImageShares, { region, imageId, ...fields })).toMatchObject({
        status: 403,
        code: 'NotOwner',
        rule: 'owner.cancels',
      });
      expect(await stranger.refused(cancelImageShares, { region, imageId, ...fields })).toMatchObject({ code: 'ImageNotFound' });
    }
    expect(await stranger.refused(cancelImageShares, { region, imageId, recipient: ids()[3] })).toMatchObject({ status: 404 });
    expect(await isVisibleTo(other, region, imageId)).toBe(true);
  });

  it('is possible for a recipient where the policy allows leaving', async () => {
    const [owner, recipient] = members;
    const { imageId } = await sharedImage();
    const response = await recipient.try(cancelImageShares, { region, imageId, recipient: ids()[1] });

    if (policy.recipientMayLeave) {
      expect(response.body).toEqual({ imageId, cancelled: [ids()[1]], notShared: [] });
      expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 3 });
    } else {
      expect(response).toMatchObject({ status: 403, body: { code: 'NotOwner', rule: 'received.leave' } });
    }
    expect(await isVisibleTo(recipient, region, imageId)).toBe(!policy.recipientMayLeave);
  });
});
