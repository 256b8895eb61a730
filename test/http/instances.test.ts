import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { reinitialiseInstance } from '../../functions/reinitialise-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import {
  anImageOf,
  type Callable,
  eventually,
  type Fields,
  freshMember,
  freshMembers,
  launch,
  type Member,
  operator,
  places,
  share,
  tally,
} from '../support/api.ts';

let owner: Member;
let recipient: Member;
let stranger: Member;

beforeAll(async () => {
  [owner, recipient, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

/** All pages of a list of instances. */
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

describe.each(places)('an instance in $name', ({ region, policy }) => {
  const sharedImage = async (fields: Fields = {}) => {
    const image = await anImageOf(owner, region, fields);
    await share(owner, image, [recipient.holderIn(policy)]);
    return image;
  };
  /** Takes the image from everybody, then from its owner. */
  const end = async (imageId: string) => {
    await owner.ok(cancelImageShares, { region, imageId, all: true });
    await owner.ok(deleteImage, { region, imageId });
  };

  it('is made by a recipient, shown and listed to it, reinstalled from another image and re-initialised', async () => {
    const image = await sharedImage({ os: 'Debian 12', architecture: 'arm64', sizeGiB: 40 });
    const own = await anImageOf(recipient, region, { os: 'Alpine 3', sizeGiB: 5 });

    const made = await launch(recipient, image);
    const key = { region, instanceId: made.instanceId };
    expect(made).toMatchObject({
      region,
      imageId: image.imageId,
      holder: recipient.holderIn(policy),
      state: 'running',
      product: 'standard',
      os: 'Debian 12',
      architecture: 'arm64',
      disksGiB: [40],
    });
    expect(made.instanceId).toMatch(new RegExp(`^${policy.instanceId.prefix}[a-z0-9]{${policy.instanceId.length}}$`));
    expect(await recipient.ok(getInstance, key)).toEqual(made);
    expect(await recipient.ok(listInstances, { region, imageId: image.imageId })).toEqual({ instances: [made] });
    expect(await recipient.ok(reinitialiseInstance, key)).toEqual(made);

    const remade = { ...made, imageId: own.imageId, os: 'Alpine 3', architecture: 'x86_64', disksGiB: [5] };
    expect(await recipient.ok(reinstallInstance, { ...key, imageId: own.imageId })).toEqual(remade);
    expect(await recipient.ok(getInstance, key)).toEqual(remade);
    expect(await recipient.ok(reinitialiseInstance, key)).toEqual(remade);
    expect(await idsIn(recipient, { region, imageId: image.imageId })).toEqual([]);
    expect(await idsIn(recipient, { region, imageId: own.imageId })).toEqual([made.instanceId]);
    expect(await recipient.ok(reinstallInstance, { ...key, imageId: image.imageId })).toEqual(made);
  });

  it('goes on after a cancel, but its image serves it no more, until another one does', async () => {
    const image = await sharedImage();
    const other = await anImageOf(recipient, region);
    const made = await launch(recipient, image);
    const key = { region, instanceId: made.instanceId };
    const notUsable = { status: 409, code: 'ImageNotUsable', rule: 'cancel.instances-live' };
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, holder: recipient.holderIn(policy) });

    expect(await recipient.refused(reinitialiseInstance, key)).toMatchObject(notUsable);
    expect(await recipient.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject(notUsable);
    expect(await recipient.refused(runInstance, { region, imageId: image.imageId })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
    expect(await recipient.ok(getInstance, key)).toEqual(made);
    expect(await idsIn(recipient, { region })).toContain(made.instanceId);

    expect(await recipient.ok(reinstallInstance, { ...key, imageId: other.imageId })).toMatchObject({ imageId: other.imageId });
    expect(await recipient.ok(reinitialiseInstance, key)).toMatchObject({ imageId: other.imageId });
    expect(await recipient.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
  });

  it('serves again once its image is shared again', async () => {
    const image = await sharedImage();
    const made = await launch(recipient, image);
    await owner.ok(cancelImageShares, { region, imageId: image.imageId, all: true });
    await share(owner, image, [recipient.holderIn(policy)]);

    expect(await recipient.ok(reinitialiseInstance, { region, instanceId: made.instanceId })).toEqual(made);
  });

  it("goes on after its image's end, the owner's one too, but is not re-initialised from it", async () => {
    const image = await sharedImage();
    const instances = [
      { member: recipient, made: await launch(recipient, image) },
      { member: owner, made: await launch(owner, image) },
    ];
    if (policy.deleteWhileShared === 'withdraw') {
      await owner.ok(deleteImage, { region, imageId: image.imageId });
    } else {
      await end(image.imageId);
    }

    for (const { member, made } of instances) {
      const key = { region, instanceId: made.instanceId };
      const notUsable = { status: 409, code: 'ImageNotUsable', rule: 'delete.instances-live' };
      expect(await member.refused(reinitialiseInstance, key)).toMatchObject(notUsable);
      expect(await member.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject(notUsable);
      expect(await member.refused(runInstance, { region, imageId: image.imageId })).toMatchObject({ code: 'ImageNotFound' });
      expect(await member.ok(getInstance, key)).toEqual(made);
    }
  });

  it('is terminated once: 204, then InstanceNotFound for every call; of 20 at once one does it', async () => {
    const image = await anImageOf(owner, region);
    const { instanceId } = await launch(owner, image);
    const key = { region, instanceId };

    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.try(terminateInstance, key)));

    expect(tally(answers)).toEqual({ 204: 1, '404 InstanceNotFound': 19 });
    expect(await owner.refused(getInstance, key)).toMatchObject({ status: 404, code: 'InstanceNotFound' });
    expect(await owner.refused(reinitialiseInstance, key)).toMatchObject({ code: 'InstanceNotFound' });
    expect(await owner.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject({
      code: 'InstanceNotFound',
    });
    expect(await owner.refused(createImageFromInstance, { ...key, name: 'a' })).toMatchObject({ code: 'InstanceNotFound' });
    expect(await idsIn(owner, { region })).not.toContain(instanceId);
  });

  it("is its holder's alone: everybody else, the image's owner too, gets InstanceNotFound as for one that never was", async () => {
    const image = await sharedImage();
    const { instanceId } = await launch(recipient, image);
    const calls: [Callable, Fields][] = [
      [getInstance, {}],
      [reinitialiseInstance, {}],
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

  it('leaves the owner of its image, and nobody else, when the recipient last used it', async () => {
    const image = await sharedImage();
    const key = { region, imageId: image.imageId };
    const shareOf = async () => (await owner.ok(listImageShares, key)).shares[0];
    await share(owner, image, [stranger.holderIn(policy)]);
    await launch(owner, image);
    expect((await owner.ok(listImageShares, key)).shares.filter(({ lastUsedAt }) => lastUsedAt !== undefined)).toEqual([]);

    const before = (await shareOf())?.sharedAt as string;
    await launch(recipient, image);

    const { shares } = await eventually(
      () => owner.ok(listImageShares, key),
      (found) => found.shares.some(({ lastUsedAt }) => lastUsedAt !== undefined),
    );
    const used = shares.filter(({ lastUsedAt }) => lastUsedAt !== undefined);
    expect(used.map(({ recipient: who }) => who)).toEqual([recipient.holderIn(policy)]);
    expect(Date.parse(used[0]?.lastUsedAt as string)).toBeGreaterThanOrEqual(Date.parse(before));
    expect((await recipient.try(getImage, key)).text).not.toContain('lastUsedAt');
    expect(await recipient.refused(listImageShares, key)).toMatchObject({ code: 'NotOwner', rule: 'received.privacy' });
  });

  it('is listed once by pages, in the order of making', async () => {
    const member = await freshMember();
    const image = await anImageOf(member, region);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.push((await launch(member, image)).instanceId);
    }
    for (const limit of [1, 2, 5, 100]) {
      expect(await idsIn(member, { region, limit })).toEqual(made);
    }
    const { nextCursor } = await member.ok(listInstances, { region, limit: 2 });
    expect(await member.refused(listInstances, { region, limit: 2, cursor: nextCursor, imageId: image.imageId })).toMatchObject({
      status: 400,
      offenders: [{ id: 'cursor' }],
    });
    expect(await owner.refused(listInstances, { region, limit: 2, cursor: nextCursor })).toMatchObject({ status: 400 });
    await member.ok(terminateInstance, { region, instanceId: made[2] });
    expect(await idsIn(member, { region, limit: 2 })).toEqual(made.toSpliced(2, 1));
  });

  it('is made by each of 20 calls at once, and its holder is not closed before the last of them is terminated', async () => {
    const member = await freshMember();
    const image = await anImageOf(owner, region);
    await share(owner, image, [member.holderIn(policy)]);
    const isProject = policy.holderKind === 'project';
    const project = { accountId: member.account, projectId: member.project };
    const close = () =>
      isProject ? operator().try(closeProject, project) : operator().try(closeAccount, { accountId: member.account });
    const inUse = async () => {
      const { status, body } = await close();
      expect({ status, body }).toMatchObject({ status: 409, body: { code: 'AccountInUse', rule: 'account.close' } });
      return (body as { offenders: { id: string }[] }).offenders.map(({ id }) => id).toSorted();
    };
    if (!isProject) {
      await operator().ok(closeProject, project);
    }

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => member.try(runInstance, { region, imageId: image.imageId })),
    );

    const ids = answers.map(({ body }) => (body as { instanceId: string }).instanceId).toSorted();
    expect(tally(answers)).toEqual({ 201: 20 });
    expect(new Set(ids).size).toBe(20);
    expect((await idsIn(member, { region })).toSorted()).toEqual(ids);
    expect(await inUse()).toEqual(ids);
    const [last, ...others] = ids;
    const ends = await Promise.all(others.map((instanceId) => member.try(terminateInstance, { region, instanceId })));
    expect(tally(ends)).toEqual({ 204: 19 });
    expect(await inUse()).toEqual([last]);
    await member.ok(terminateInstance, { region, instanceId: last });
    expect((await close()).status).toBe(204);
    expect((await member.try(runInstance, { region, imageId: image.imageId })).status).toBe(isProject ? 404 : 403);
  });
});
