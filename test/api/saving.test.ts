import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getAccount } from '../../functions/get-account.ts';
import { getImage } from '../../functions/get-image.ts';
import { listRecords } from '../../functions/list-records.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { anImageOf, type Fields, launch, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers } from '../support/in-process.ts';

let owner: Member;
let recipient: Member;
let third: Member;

beforeAll(async () => {
  [owner, recipient, third] = (await freshMembers(3)) as [Member, Member, Member];
});

/** The ways in which a recipient gets an image of its own from a shared one. */
const ways = [
  {
    how: 'saved',
    action: 'SaveSharedImage',
    state: 'copying',
    make: (member: Member, { region, imageId }: ImageView, fields: Fields) =>
      member.ok(saveSharedImage, { region, imageId, ...fields }),
  },
  {
    how: 'created from an instance',
    action: 'CreateImageFromInstance',
    state: 'pending',
    make: async (member: Member, image: ImageView, fields: Fields) => {
      const { region, instanceId } = await launch(member, image);
      return member.ok(createImageFromInstance, { region, instanceId, name: image.name, ...fields });
    },
  },
];

describe.each(testRegions)('images made from shared ones in $name', ({ region, policy }) => {
  const sharedImage = async (fields: Fields = {}, member = recipient) => {
    const image = await anImageOf(owner, region, fields);
    await share(owner, image, [member.principalIn(policy)]);
    return image;
  };
  const quotaOf = async (member: Member) => {
    const { quotas } = await member.ok(getAccount);
    const quota = quotas.find((entry) => entry.region === region && entry.principal === member.principalIn(policy));
    return quota?.used;
  };

  describe.each(ways)('an image $how', ({ action, state, make }) => {
    it('belongs to its new owner in every respect, whatever happens to its source', async () => {
      const source = await sharedImage({ os: 'Debian 12', architecture: 'arm64', sizeGiB: 7 });
      const usedBefore = (await quotaOf(recipient)) as number;

      const created = await make(recipient, source, { name: 'mine' });

      const key = { region, imageId: created.imageId };
      expect(created).toMatchObject({
        ...key,
        state,
        owner: recipient.principalIn(policy),
        visibility: 'owned',
        name: 'mine',
        os: 'Debian 12',
        architecture: 'arm64',
        sizeGiB: 7,
        shareCount: 0,
      });
      expect(created.imageId).not.toBe(source.imageId);
      expect(await recipient.ok(getImage, key)).toEqual(created);
      expect(await quotaOf(recipient)).toBe(usedBefore + 1);
      expect(await owner.refused(getImage, key)).toMatchObject({ code: 'ImageNotFound' });
      await owner.ok(cancelImageShares, { region, imageId: source.imageId, all: true });
      await owner.ok(deleteImage, { region, imageId: source.imageId });
      expect(await recipient.ok(getImage, key)).toEqual(created);
      await recipient.ok(deleteImage, key);
      expect(await quotaOf(recipient)).toBe(usedBefore);
    });

    it("can't be launched or, depending on the policy, shared until it is reported available, and then only by its new owner", async () => {
      const { imageId } = await make(recipient, await sharedImage(), {});
      const key = { region, imageId };
      const request = { ...key, recipients: [third.principalIn(policy)], acknowledgeRisk: true };

      if (policy.pendingMayBeShared) {
        expect(await recipient.ok(shareImage, request)).toMatchObject({ used: 1 });
        expect(await third.refused(runInstance, key)).toMatchObject({ code: 'ImageNotUsable', rule: 'received.use' });
      } else {
        expect(await recipient.refused(shareImage, request)).toMatchObject({
          code: 'ImageNotShareable',
          rule: 'share.custom-only',
        });
      }
      expect(await recipient.refused(runInstance, key)).toMatchObject({ code: 'ImageNotUsable', rule: 'owner.still-uses' });
      expect(await recipient.refused(reportImageState, { ...key, state: 'available' })).toMatchObject({ status: 403 });

      await compute().ok(reportImageState, { ...key, state: 'available' });
      expect(await owner.refused(shareImage, request)).toMatchObject({ code: 'ImageNotFound' });
      expect(await recipient.ok(shareImage, request)).toMatchObject({ used: 1 });
      expect(await third.ok(getImage, key)).toMatchObject({ owner: recipient.principalIn(policy), visibility: 'shared' });
      expect(await launch(third, key)).toMatchObject({ imageId });
    });

    it("has its source in its owner's record, and none in the source owner's records", async () => {
      const source = await sharedImage();
      const { imageId } = await make(recipient, source, {});

      const { records } = await recipient.ok(listRecords, { region, imageId });
      expect(records).toMatchObject([{ action, imageId, actor: recipient.account, source: { region, imageId: source.imageId } }]);
      const others = await owner.ok(listRecords, { region, imageId: source.imageId });
      expect(others.records.map((record) => record.action)).toEqual(['ShareImage', 'ImportImage']);
      expect((await owner.ok(listRecords, { region, imageId })).records).toEqual([]);
    });

    it('contains only the disks that the policy shares, as does an instance', async () => {
      const disks = { sizeGiB: 20, disks: [{ sizeGiB: 5 }, { sizeGiB: 7 }] };
      if (policy.dataDisksWhenShared === 'refused') {
        const { imageId } = await anImageOf(owner, region, disks);
        const recipients = [recipient.principalIn(policy)];
        expect(await owner.refused(shareImage, { region, imageId, recipients, acknowledgeRisk: true })).toMatchObject({
          code: 'ImageNotShareable',
          rule: 'share.data-disks',
        });
        return;
      }
      const source = await sharedImage(disks);
      const sharedDisksGiB = policy.dataDisksWhenShared === 'system-disk' ? [20] : [20, 5, 7];
      const sizeGiB = sharedDisksGiB.reduce((sum, size) => sum + size);

      expect(await recipient.ok(getImage, { region, imageId: source.imageId })).toMatchObject({
        disksGiB: sharedDisksGiB,
        sizeGiB,
      });
      expect((await launch(recipient, source)).disksGiB).toEqual(sharedDisksGiB);
      const created = await make(recipient, source, {});
      expect(created).toMatchObject({ disksGiB: sharedDisksGiB, sizeGiB });
      expect(await recipient.ok(getImage, { region, imageId: created.imageId })).toEqual(created);
      expect((await launch(owner, source)).disksGiB).toEqual([20, 5, 7]);
    });
  });

  it("a saved one copies name, description, and tags; one from an instance uses only the request's", async () => {
    const details = { description: 'line\nline', tags: { role: 'web' } };
    const source = await sharedImage({ name: 'source', ...details });

    const saved = await recipient.ok(saveSharedImage, { region, imageId: source.imageId });
    expect(saved).toMatchObject({ name: 'source', ...details });
    const { instanceId } = await launch(recipient, source);
    const derived = await recipient.ok(createImageFromInstance, { region, instanceId, name: 'b', tags: { a: '1' } });
    expect(derived).toMatchObject({ name: 'b', description: '', tags: { a: '1' } });
  });

  it('one can be created from an instance after the share of its image has ended', async () => {
    const source = await sharedImage();
    const { instanceId } = await launch(recipient, source);
    await owner.ok(cancelImageShares, { region, imageId: source.imageId, all: true });

    expect(await recipient.refused(saveSharedImage, { region, imageId: source.imageId })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
    expect(await recipient.ok(createImageFromInstance, { region, instanceId, name: 'mine' })).toMatchObject({
      state: 'pending',
      owner: recipient.principalIn(policy),
    });
  });

  it('none can be saved from an owned image or one that is not visible', async () => {
    const { imageId } = await sharedImage();

    expect(await owner.refused(saveSharedImage, { region, imageId })).toMatchObject({
      status: 409,
      code: 'ImageNotUsable',
      rule: 'received.save',
    });
    expect(await third.refused(saveSharedImage, { region, imageId })).toMatchObject({ status: 404, code: 'ImageNotFound' });
  });
});
