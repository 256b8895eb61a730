import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageOf, type Callable, type Fields, launch, type Member, share, testRegions } from '../support/client.ts';
import { freshMember, freshMembers } from '../support/in-process.ts';

let owner: Member;
let recipient: Member;
let stranger: Member;

beforeAll(async () => {
  [owner, recipient, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

/** Reads all pages of a list of instances. */
async function idsIn(member: Member, fields: Fields): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await member.ok(listInstances, { limit: 100, ...fields, cursor });
    ids.push(...page.instances.map(({ instanceId }) => instanceId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return ids;
}

/** What an instance's principal sees once it can't see the image anymore. */
const withoutImageName = ({ imageName: _, ...instance }: Readonly<Record<string, unknown>>) => instance;

describe.each(testRegions)('an instance in $name', ({ region, policy }) => {
  const sharedImage = async (fields: Fields = {}) => {
    const image = await anImageOf(owner, region, fields);
    await share(owner, image, [recipient.principalIn(policy)]);
    return image;
  };
  /** Cancels all shares of the image, then deletes it. */
  const cancelAndDelete = async (imageId: string) => {
    await owner.ok(cancelImageShares, { region, imageId, all: true });
    await owner.ok(deleteImage, { region, imageId });
  };

  it('can be launched, read, listed, reinstalled, and reinitialized by a recipient', async () => {
    const image = await sharedImage({ os: 'Debian 12', architecture: 'arm64', sizeGiB: 40 });
    const ownImage = await anImageOf(recipient, region, { os: 'Alpine 3', sizeGiB: 5, name: 'own' });

    const launched = await launch(recipient, image);
    const key = { region, instanceId: launched.instanceId };
    expect(launched).toMatchObject({
      region,
      imageId: image.imageId,
      principal: recipient.principalIn(policy),
      state: 'running',
      product: 'standard',
      os: 'Debian 12',
      architecture: 'arm64',
      disksGiB: [40],
    });
    expect(launched.instanceId).toMatch(new RegExp(`^${policy.instanceId.prefix}[a-z0-9]{${policy.instanceId.length}}$`));
    expect(await recipient.ok(getInstance, key)).toEqual(launched);
    expect(await recipient.ok(listInstances, { region, imageId: image.imageId })).toEqual({ instances: [launched] });
    expect(await recipient.ok(reinitializeInstance, key)).toEqual(launched);

    const { imageId } = ownImage;
    const reinstalled = { ...launched, imageId, imageName: 'own', os: 'Alpine 3', architecture: 'x86_64', disksGiB: [5] };
    expect(await recipient.ok(reinstallInstance, { ...key, imageId: ownImage.imageId })).toEqual(reinstalled);
    expect(await recipient.ok(getInstance, key)).toEqual(reinstalled);
    expect(await recipient.ok(reinitializeInstance, key)).toEqual(reinstalled);
    expect(await idsIn(recipient, { region, imageId: image.imageId })).toEqual([]);
    expect(await idsIn(recipient, { region, imageId: ownImage.imageId })).toEqual([launched.instanceId]);
    expect(await recipient.ok(reinstallInstance, { ...key, imageId: image.imageId })).toEqual(launched);
  });

  it('keeps running after a cancel, but can only be reinstalled from another image', async () => {
    const image = await sharedImage();
    const other = await anImageOf(recipient, region);
    const launched = await launch(recipient, image);
    const key = { region, instanceId: launched.instanceId };
    const notUsable = { status: 409, code: 'ImageNotUsable', rule: 'cancel.instances-live' };
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, recipient: recipient.principalIn(policy) });

    expect(await recipient.refused(reinitializeInstance, key)).toMatchObject(notUsable);
    expect(await recipient.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject(notUsable);
    expect(await recipient.refused(runInstance, { region, imageId: image.imageId })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
    expect(await recipient.ok(getInstance, key)).toEqual({ ...withoutImageName(launched), imageStatus: 'not-shared' });
    expect(await idsIn(recipient, { region })).toContain(launched.instanceId);

    expect(await recipient.ok(reinstallInstance, { ...key, imageId: other.imageId })).toMatchObject({ imageId: other.imageId });
    expect(await recipient.ok(reinitializeInstance, key)).toMatchObject({ imageId: other.imageId });
    expect(await recipient.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
  });

  it('can be reinitialized once its image is shared again', async () => {
    const image = await sharedImage();
    const launched = await launch(recipient, image);
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, all: true });
    await share(owner, image, [recipient.principalIn(policy)]);

    expect(await recipient.ok(reinitializeInstance, { region, instanceId: launched.instanceId })).toEqual(launched);
  });

  it("keeps running after its image is deleted, also for the owner, but can't be reinitialized", async () => {
    const image = await sharedImage();
    const instances = [
      { member: recipient, made: await launch(recipient, image) },
      { member: owner, made: await launch(owner, image) },
    ];
    if (policy.deleteWhileShared === 'withdraw') {
      await owner.ok(deleteImage, { region, imageId: image.imageId });
    } else {
      await cancelAndDelete(image.imageId);
    }

    for (const { member, made: launched } of instances) {
      const key = { region, instanceId: launched.instanceId };
      const notUsable = { status: 409, code: 'ImageNotUsable', rule: 'delete.instances-live' };
      expect(await member.refused(reinitializeInstance, key)).toMatchObject(notUsable);
      expect(await member.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject(notUsable);
      expect(await member.refused(runInstance, { region, imageId: image.imageId })).toMatchObject({ code: 'ImageNotFound' });
      expect(await member.ok(getInstance, key)).toEqual({ ...withoutImageName(launched), imageStatus: 'deleted' });
    }
  });

  it("is accessible only to its principal: everyone else, even the image's owner, gets InstanceNotFound as for a missing one", async () => {
    const image = await sharedImage();
    const { instanceId } = await launch(recipient, image);
    const calls: [Callable, Fields][] = [
      [getInstance, {}],
      [reinitializeInstance, {}],
      [reinstallInstance, { imageId: image.imageId }],
      [createImageFromInstance, { name: 'a' }],
      [terminateInstance, {}],
    ];
    for (const member of [owner, stranger]) {
      for (const [action, fields] of calls) {
        const refusal = async (id: string) => {
          const { requestId: _, ...problem } = await member.refused(action, { region, instanceId: id, ...fields });
          return JSON.stringify(problem).replaceAll(id, 'ID');
        };
        expect(JSON.parse(await refusal(instanceId))).toMatchObject({ status: 404, code: 'InstanceNotFound' });
        expect(await refusal(instanceId)).toBe(await refusal('missing'));
      }
      expect(await idsIn(member, { region })).not.toContain(instanceId);
    }
    expect(await recipient.ok(getInstance, { region, instanceId })).toMatchObject({ instanceId });
  });

  it('is listed once over pages, newest first', async () => {
    const member = await freshMember();
    const image = await anImageOf(member, region);
    const launched: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      launched.unshift((await launch(member, image)).instanceId);
    }
    for (const limit of [1, 2, 5, 100]) {
      expect(await idsIn(member, { region, limit })).toEqual(launched);
    }
    const { nextCursor } = await member.ok(listInstances, { region, limit: 2 });
    expect(await member.refused(listInstances, { region, limit: 2, cursor: nextCursor, imageId: image.imageId })).toMatchObject({
      status: 400,
      offenders: [{ id: 'cursor' }],
    });
    expect(await owner.refused(listInstances, { region, limit: 2, cursor: nextCursor })).toMatchObject({ status: 400 });
    await member.ok(terminateInstance, { region, instanceId: launched[2] });
    expect(await idsIn(member, { region, limit: 2 })).toEqual(launched.toSpliced(2, 1));
  });
});
