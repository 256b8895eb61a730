import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, type Callable, type Fields, freshId, launch, type Member, testRegions } from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

let first: Member;
let second: Member;
const api = operator();

beforeAll(async () => {
  [first, second] = (await freshMembers(2)) as [Member, Member];
});

describe.each(testRegions)('a public image in $name', ({ region, policy }) => {
  const put = (fields: Fields) => api.try(putPublicImage, { region, name: 'base', sizeGiB: 8, ...fields });
  const createPublicImage = async (fields: Fields = {}) => {
    const key = { region, imageId: freshId('pub-') };
    return { key, image: await api.ok(putPublicImage, { ...key, name: key.imageId, sizeGiB: 8, ...fields }) };
  };
  const listIds = async (member: Member, fields: Fields = {}) =>
    (await member.ok(listImages, { region, limit: 100, ...fields })).images.map(({ imageId }) => imageId as string);

  it('is visible to everyone as its operator defined it, without shares or quota', async () => {
    const { key, image } = await createPublicImage({ os: 'Debian 12', architecture: 'arm64', tags: { lts: 'yes' } });

    expect(image).toMatchObject({
      ...key,
      owner: 'public',
      visibility: 'public',
      state: 'available',
      os: 'Debian 12',
      architecture: 'arm64',
      sizeGiB: 8,
      tags: { lts: 'yes' },
    });
    expect(image).not.toHaveProperty('shareCount');
    for (const member of [first, second]) {
      expect(await member.ok(getImage, key)).toEqual(image);
    }
  });

  it('can be used to launch, reinstall, and reinitialize instances by everyone', async () => {
    const { key } = await createPublicImage();
    const ownImage = await anImageOf(second, region);
    const { instanceId } = await launch(second, ownImage);

    expect(await launch(first, key)).toMatchObject({ imageId: key.imageId, principal: first.principalIn(policy), disksGiB: [8] });
    expect(await second.ok(reinstallInstance, { ...key, instanceId })).toMatchObject({ imageId: key.imageId });
    expect(await second.ok(reinitializeInstance, { region, instanceId })).toMatchObject({ imageId: key.imageId });
  });

  it('is listed with scope public and all, and with no other', async () => {
    const { key } = await createPublicImage();
    const ownImage = (await anImageOf(first, region, { name: key.imageId })).imageId;
    const filter = { name: key.imageId };

    expect(await listIds(first, filter)).toEqual([ownImage]);
    expect(await listIds(first, { ...filter, scope: 'owned' })).toEqual([ownImage]);
    expect(await listIds(first, { ...filter, scope: 'shared' })).toEqual([]);
    expect(await listIds(first, { ...filter, scope: 'public' })).toEqual([key.imageId]);
    expect(await listIds(first, { ...filter, scope: 'all' })).toEqual([ownImage, key.imageId]);
    expect(await listIds(second, { ...filter, scope: 'all' })).toEqual([key.imageId]);
    expect(await first.ok(listImages, { region, scope: 'public', limit: 1 })).not.toHaveProperty('notice');
    expect(await first.ok(listImages, { region, scope: 'all', limit: 1 })).toHaveProperty('notice');
  });

  it('is listed once over pages of all images', async () => {
    const tag = { of: freshId('tag') };
    const ownImage = await Promise.all([1, 2].map(async () => (await anImageOf(first, region, { tags: tag })).imageId));
    const ids = await Promise.all([1, 2, 3].map(async () => (await createPublicImage({ tags: tag })).key.imageId as string));
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await first.ok(listImages, { region, scope: 'all', limit: 2, tag: `of:${tag.of}`, cursor });
      pages.push(...page.images.map(({ imageId }) => imageId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(pages.slice(0, 2).toSorted()).toEqual(ownImage.toSorted());
    expect(pages.slice(2).toSorted()).toEqual(ids.toSorted());
  });

  it("can't be shared, edited, copied, saved, or deleted by those who can see it", async () => {
    const { key, image } = await createPublicImage();
    const recipients = [second.principalIn(policy)];
    const calls: [Callable, Fields, object][] = [
      [shareImage, { recipients, acknowledgeRisk: true }, { code: 'ImageNotShareable', rule: 'share.custom-only' }],
      [setImageShares, { recipients, acknowledgeRisk: true }, { code: 'ImageNotShareable', rule: 'share.custom-only' }],
      [cancelImageShares, { all: true }, { code: 'NotOwner', rule: 'owner.cancels' }],
      [listImageShares, {}, { code: 'NotOwner', rule: 'received.privacy' }],
      [updateImage, { name: 'mine' }, { code: 'NotOwner', rule: 'received.read-only' }],
      [copyImage, { destinationRegion: region }, { code: 'NotOwner', rule: 'received.no-copy' }],
      [deleteImage, {}, { code: 'NotOwner', rule: 'received.no-delete' }],
      [saveSharedImage, {}, { code: 'ImageNotUsable', rule: 'received.save' }],
    ];

    for (const [action, fields, refusal] of calls) {
      const problem = await first.refused(action, { ...key, ...fields });
      expect(problem).toMatchObject({ ...refusal, status: 'NotOwner' === problem.code ? 403 : 409 });
    }
    expect(await second.ok(getImage, key)).toEqual(image);
  });

  it('can be edited by another PUT, except for its immutable fields', async () => {
    const { key, image } = await createPublicImage({ description: 'old', tags: { a: '1' } });

    const edited = await put({ ...key, name: 'new', tags: { b: '2' }, deprecated: true });
    expect(edited.status).toBe(200);
    expect(await first.ok(getImage, key)).toEqual({
      ...image,
      name: 'new',
      description: '',
      tags: { b: '2' },
      state: 'deprecated',
      revision: image.revision + 1,
    });
    expect(await put({ ...key, name: 'new', tags: { b: '2' }, deprecated: true })).toMatchObject({ text: edited.text });
    expect(await launch(first, key)).toMatchObject({ imageId: key.imageId });
    for (const [field, value] of Object.entries({ sizeGiB: 9, os: 'x', architecture: 'arm64', product: 'lightweight' })) {
      expect(await put({ ...key, [field]: value })).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', offenders: [{ id: field }] },
      });
    }
    expect(await put({ ...key, name: 'base' })).toMatchObject({ body: { state: 'available', name: 'base' } });
  });

  it('disappears for everyone once deleted, and its id is never reused', async () => {
    const { key } = await createPublicImage();
    const { instanceId } = await launch(first, key);

    await api.ok(deletePublicImage, key);

    expect(await api.refused(deletePublicImage, key)).toMatchObject({ status: 404, code: 'ImageNotFound' });
    expect(await first.refused(getImage, key)).toMatchObject({ status: 404, code: 'ImageNotFound' });
    expect(await first.refused(runInstance, key)).toMatchObject({ status: 404, code: 'ImageNotFound' });
    expect(await listIds(first, { scope: 'public', name: key.imageId })).toEqual([]);
    expect(await first.refused(reinitializeInstance, { region, instanceId })).toMatchObject({
      status: 409,
      code: 'ImageNotUsable',
      rule: 'delete.instances-live',
    });
    expect((await put(key)).body).toMatchObject({ status: 409, code: 'ImageNotUsable' });
  });

  it("can't use the id of a principal's image, existing or deleted", async () => {
    const ownImage = await anImageOf(first, region);
    const key = { region, imageId: ownImage.imageId };

    expect((await put(key)).body).toMatchObject({ status: 409, code: 'ImageNotUsable' });
    expect(await api.refused(deletePublicImage, key)).toMatchObject({ status: 404, code: 'ImageNotFound' });
    expect(await first.ok(getImage, key)).toEqual(ownImage);
    await first.ok(deleteImage, key);
    expect((await put(key)).body).toMatchObject({ status: 409, code: 'ImageNotUsable' });
  });

  it('can be created and deleted only by operators', async () => {
    const { key } = await createPublicImage();

    for (const caller of [first, compute()]) {
      expect(await caller.refused(putPublicImage, { ...key, name: 'mine', sizeGiB: 8 })).toMatchObject({
        status: 403,
        code: 'Forbidden',
      });
      expect(await caller.refused(deletePublicImage, key)).toMatchObject({ status: 403, code: 'Forbidden' });
    }
    expect(await api.refused(importImage, { region, name: 'a', sizeGiB: 1 })).toMatchObject({ status: 403 });
    expect(await first.ok(getImage, key)).toMatchObject({ name: key.imageId });
  });
});

describe('the owner of public images', () => {
  it("can't be an account", async () => {
    expect(await api.refused(putAccount, { accountId: 'public', name: 'a' })).toMatchObject({
      status: 400,
      offenders: [{ id: 'accountId' }],
    });
  });
});
