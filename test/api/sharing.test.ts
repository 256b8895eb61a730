import { checkImageAccess } from '../../functions/check-image-access.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, type Member, share, testRegions } from '../support/client.ts';
import { freshMembers } from '../support/in-process.ts';

describe.each(testRegions)('a shared image in $name', ({ region, policy }) => {
  let owner: Member;
  let recipient: Member;
  let other: Member;
  let stranger: Member;

  beforeAll(async () => {
    [owner, recipient, other, stranger] = (await freshMembers(4)) as [Member, Member, Member, Member];
  });

  const sharedImage = async () => {
    const image = await anImageOf(owner, region, { name: 'shared', description: 'of all', tags: { role: 'web' } });
    await share(owner, image, [recipient.principalIn(policy), other.principalIn(policy)]);
    return image;
  };

  it("is visible to its recipient in lists and by id, with the owner's name and description", async () => {
    const { imageId } = await sharedImage();

    const byId = await recipient.ok(getImage, { region, imageId });
    const { images, notice } = await recipient.ok(listImages, { region, scope: 'shared', limit: 100 });

    expect(byId).toMatchObject({
      visibility: 'shared',
      owner: owner.principalIn(policy),
      name: 'shared',
      description: 'of all',
      tags: { role: 'web' },
    });
    expect(images).toContainEqual(byId);
    expect(notice).toMatch(/aren't verified/);
  });

  it('reflects every edit of its owner immediately', async () => {
    const { imageId } = await sharedImage();

    await owner.ok(updateImage, { region, imageId, name: 'renamed', tags: {} });

    expect(await recipient.ok(getImage, { region, imageId })).toMatchObject({
      name: 'renamed',
      description: 'of all',
      tags: {},
    });
  });

  it('shows its recipients and their number to its owner, and neither to a recipient', async () => {
    const { imageId } = await sharedImage();
    const others = [other.account, other.project];

    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ visibility: 'owned', shareCount: 2 });
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({
      cap: 50,
      used: 2,
      remaining: 48,
      shares: expect.arrayContaining(
        [recipient, other].map((member) =>
          expect.objectContaining({ recipient: member.principalIn(policy), sharedBy: owner.account }),
        ),
      ),
    });

    const responses = [
      await recipient.try(getImage, { region, imageId }),
      await recipient.try(listImages, { region, limit: 100 }),
      await recipient.try(listImageShares, { region, imageId }),
      await recipient.try(shareImage, { region, imageId, recipients: [stranger.principalIn(policy)] }),
      await recipient.try(deleteImage, { region, imageId }),
      await recipient.try(checkImageAccess, { region, imageId, use: 'share' }),
    ];
    for (const { text } of responses) {
      expect(text).not.toContain('shareCount');
      expect(others.filter((id) => text.includes(id))).toEqual([]);
    }
  });

  it.each([
    { act: 'sharing', action: shareImage, rule: 'share.no-reshare', fields: () => ({ recipients: [stranger.account] }) },
    { act: 'renaming', action: updateImage, rule: 'received.read-only', fields: () => ({ name: 'mine' }) },
    { act: 'describing', action: updateImage, rule: 'received.read-only', fields: () => ({ description: 'mine' }) },
    { act: 'tagging', action: updateImage, rule: 'received.read-only', fields: () => ({ tags: { a: 'b' } }) },
    { act: 'deprecating', action: updateImage, rule: 'received.read-only', fields: () => ({ deprecated: true }) },
    { act: 'deleting', action: deleteImage, rule: 'received.no-delete', fields: () => ({}) },
    { act: 'copying', action: copyImage, rule: 'received.no-copy', fields: () => ({ destinationRegion: region }) },
    { act: 'listing its shares', action: listImageShares, rule: 'received.privacy', fields: () => ({}) },
  ])(
    'refuses $act by a recipient with NotOwner by $rule, and by a stranger with ImageNotFound',
    async ({ action, rule, fields }) => {
      const { imageId } = await sharedImage();
      const before = await owner.ok(getImage, { region, imageId });

      expect(await recipient.refused(action, { region, imageId, ...fields() })).toMatchObject({
        status: 403,
        code: 'NotOwner',
        rule,
      });
      expect(await stranger.refused(action, { region, imageId, ...fields() })).toMatchObject({
        status: 404,
        code: 'ImageNotFound',
        rule: 'received.visible',
      });
      expect(await owner.ok(getImage, { region, imageId })).toEqual(before);
    },
  );

  it('does not exist for a stranger, by id or in a list', async () => {
    const { imageId } = await sharedImage();

    expect(await stranger.refused(getImage, { region, imageId })).toMatchObject({ status: 404, code: 'ImageNotFound' });
    expect(await stranger.ok(listImages, { region })).toMatchObject({ images: [] });
  });

  it('does not exist in another region, not even by its id', async () => {
    const { imageId } = await sharedImage();

    for (const otherRegion of testRegions.map((testRegion) => testRegion.region).filter((name) => name !== region)) {
      expect(await recipient.refused(getImage, { region: otherRegion, imageId })).toMatchObject({ code: 'ImageNotFound' });
      expect(await owner.refused(getImage, { region: otherRegion, imageId })).toMatchObject({ code: 'ImageNotFound' });
    }
  });

  it('is listed in the requested scope', async () => {
    const { imageId } = await sharedImage();
    const idsFor = async (api: Member, scope: string) =>
      (await api.ok(listImages, { region, scope, limit: 100 })).images.map((image) => image.imageId);

    expect(await idsFor(recipient, 'owned')).not.toContain(imageId);
    expect(await idsFor(recipient, 'shared')).toContain(imageId);
    expect(await idsFor(owner, 'owned')).toContain(imageId);
    expect(await idsFor(owner, 'shared')).not.toContain(imageId);
  });
});

describe('a list of images', () => {
  const { region } = testRegions[0] as (typeof testRegions)[number];

  it('contains what all filters match', async () => {
    const [owner, recipient] = (await freshMembers(2)) as [Member, Member];
    const web = await anImageOf(owner, region, { name: 'Web Base', tags: { role: 'web', tier: 'a:b' } });
    const pending = await anImageOf(owner, region, { name: 'web next', state: 'pending' });
    await share(owner, web, [recipient.account]);
    const listIds = async (api: Member, fields: Record<string, unknown>) =>
      (await api.ok(listImages, { region, ...fields })).images.map((image) => image.imageId);

    expect(await listIds(owner, { name: 'WEB' })).toEqual([pending.imageId, web.imageId]);
    expect(await listIds(owner, { name: 'web', state: 'pending' })).toEqual([pending.imageId]);
    expect(await listIds(owner, { tag: ['role:web', 'tier:a:b'] })).toEqual([web.imageId]);
    expect(await listIds(owner, { tag: ['role:web', 'tier:c'] })).toEqual([]);
    expect(await listIds(owner, { tag: ['role:we'] })).toEqual([]);
    expect(await listIds(recipient, { owner: owner.account })).toEqual([web.imageId]);
    expect(await listIds(recipient, { owner: recipient.account })).toEqual([]);
  });
});
