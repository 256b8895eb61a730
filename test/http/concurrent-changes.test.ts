import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { getImage } from '../../functions/get-image.ts';
import { getInstance } from '../../functions/get-instance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { updateImage } from '../../functions/update-image.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { principals } from '../support/builders.ts';
import {
  type ApiResponse,
  anImageOf,
  eventually,
  type Fields,
  freshId,
  inBatches,
  launch,
  type Member,
  share,
  tally,
  testRegions,
} from '../support/client.ts';

let owner: Member;
let recipient: Member;
let stranger: Member;

beforeAll(async () => {
  [owner, recipient, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

describe.each(testRegions)('the ETag of an image in $name', ({ region, policy }) => {
  const getView = (imageId: string) => owner.try(getImage, { region, imageId });
  const edit = (imageId: string, fields: Fields, ifMatch: string) =>
    owner.try(updateImage, { region, imageId, ...fields }, { 'if-match': ifMatch });
  const etagOf = ({ headers }: ApiResponse): string => headers.get('etag') ?? '';

  it('accepts one of two concurrent edits, and one of 20', async () => {
    for (const count of [2, 20]) {
      const { imageId } = await anImageOf(owner, region);
      const etag = etagOf(await getView(imageId));

      const responses = await Promise.all(
        Array.from({ length: count }, (_, index) => edit(imageId, { name: `by ${index}` }, etag)),
      );

      expect(tally(responses)).toEqual({ 200: 1, '412 PreconditionFailed': count - 1 });
      const winner = responses.find(({ status }) => status === 200) as ApiResponse;
      expect(await getView(imageId)).toMatchObject({ text: winner.text });
    }
  });

  it('accepts an edit during 20 concurrent shares', async () => {
    const image = await anImageOf(owner, region);
    const etag = etagOf(await getView(image.imageId));
    const changes = Array.from({ length: 20 }, async (_, index) =>
      index % 2 === 0
        ? share(owner, image, [recipient.principalIn(policy)])
        : owner.ok(cancelImageShares, { region, imageId: image.imageId, all: true }),
    );

    expect(await edit(image.imageId, { name: 'b' }, etag)).toMatchObject({ status: 200, body: { name: 'b' } });
    await Promise.all(changes);
    expect(await getView(image.imageId)).toMatchObject({ body: { name: 'b' } });
  });
});

describe.each(testRegions)('an instance in $name', ({ region, policy }) => {
  const idsIn = async (member: Member) =>
    (await member.ok(listInstances, { region, limit: 100 })).instances.map(({ instanceId }) => instanceId as string);

  it('is terminated by exactly one of 20 concurrent calls, and then InstanceNotFound for every call', async () => {
    const image = await anImageOf(owner, region);
    const { instanceId } = await launch(owner, image);
    const key = { region, instanceId };

    const responses = await Promise.all(Array.from({ length: 20 }, () => owner.try(terminateInstance, key)));

    expect(tally(responses)).toEqual({ 204: 1, '404 InstanceNotFound': 19 });
    expect(await owner.refused(getInstance, key)).toMatchObject({ status: 404, code: 'InstanceNotFound' });
    expect(await owner.refused(reinitializeInstance, key)).toMatchObject({ code: 'InstanceNotFound' });
    expect(await owner.refused(reinstallInstance, { ...key, imageId: image.imageId })).toMatchObject({
      code: 'InstanceNotFound',
    });
    expect(await owner.refused(createImageFromInstance, { ...key, name: 'a' })).toMatchObject({ code: 'InstanceNotFound' });
    expect(await idsIn(owner)).not.toContain(instanceId);
  });

  it("shows the recipient's last use only to the owner of its image", async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.principalIn(policy)]);
    const key = { region, imageId: image.imageId };
    const shareOf = async () => (await owner.ok(listImageShares, key)).shares[0];
    await share(owner, image, [stranger.principalIn(policy)]);
    await launch(owner, image);
    expect((await owner.ok(listImageShares, key)).shares.filter(({ lastUsedAt }) => lastUsedAt !== undefined)).toEqual([]);

    const before = (await shareOf())?.sharedAt as string;
    await launch(recipient, image);

    const { shares } = await eventually(
      () => owner.ok(listImageShares, key),
      (list) => list.shares.some(({ lastUsedAt }) => lastUsedAt !== undefined),
    );
    const used = shares.filter(({ lastUsedAt }) => lastUsedAt !== undefined);
    expect(used.map(({ recipient: usedBy }) => usedBy)).toEqual([recipient.principalIn(policy)]);
    expect(Date.parse(used[0]?.lastUsedAt as string)).toBeGreaterThanOrEqual(Date.parse(before));
    expect((await recipient.try(getImage, key)).text).not.toContain('lastUsedAt');
    expect(await recipient.refused(listImageShares, key)).toMatchObject({ code: 'NotOwner', rule: 'received.privacy' });
  });

  it("is launched by each of 20 concurrent calls, and its principal can't be closed before the last one is terminated", async () => {
    const member = await freshMember();
    const image = await anImageOf(owner, region);
    await share(owner, image, [member.principalIn(policy)]);
    const isProject = policy.principalKind === 'project';
    const project = { accountId: member.account, projectId: member.project };
    const close = () =>
      isProject ? operator().try(closeProject, project) : operator().try(closeAccount, { accountId: member.account });
    const resourcesInUse = async () => {
      const { status, body } = await close();
      expect({ status, body }).toMatchObject({ status: 409, body: { code: 'AccountInUse', rule: 'account.close' } });
      return (body as { offenders: { id: string }[] }).offenders.map(({ id }) => id).toSorted();
    };
    if (!isProject) {
      await operator().ok(closeProject, project);
    }

    const responses = await Promise.all(
      Array.from({ length: 20 }, () => member.try(runInstance, { region, imageId: image.imageId })),
    );

    const ids = responses.map(({ body }) => (body as { instanceId: string }).instanceId).toSorted();
    expect(tally(responses)).toEqual({ 201: 20 });
    expect(new Set(ids).size).toBe(20);
    expect((await idsIn(member)).toSorted()).toEqual(ids);
    expect(await resourcesInUse()).toEqual(ids);
    const [last, ...others] = ids;
    const terminations = await Promise.all(others.map((instanceId) => member.try(terminateInstance, { region, instanceId })));
    expect(tally(terminations)).toEqual({ 204: 19 });
    expect(await resourcesInUse()).toEqual([last]);
    await member.ok(terminateInstance, { region, instanceId: last });
    expect((await close()).status).toBe(204);
    expect((await member.try(runInstance, { region, imageId: image.imageId })).status).toBe(isProject ? 404 : 403);
  });
});

describe.each(testRegions)('a public image in $name', ({ region }) => {
  it('is created once by concurrent PUTs', async () => {
    const key = { region, imageId: freshId('pub-') };

    const responses = await Promise.all(
      Array.from({ length: 10 }, () => operator().try(putPublicImage, { ...key, name: 'base', sizeGiB: 8 })),
    );

    expect(tally(responses)).toEqual({ 200: 10 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(await owner.ok(getImage, key)).toMatchObject({ revision: 1 });
  });
});

describe('the quota of images', () => {
  const { region, policy } = testRegions.find(
    (testRegion) => testRegion.policy.imagesPerPrincipalMax === 30,
  ) as (typeof testRegions)[number];

  it('limits saved images and images from instances, but not received ones', async () => {
    const member = await freshMember();
    const source = await anImageOf(owner, region);
    await share(owner, source, [member.principalIn(policy)]);
    const { instanceId } = await launch(member, source);
    await inBatches(Array.from({ length: 29 }), () => anImageOf(member, region));
    const calls = [
      () => member.try(saveSharedImage, { region, imageId: source.imageId }),
      () => member.try(createImageFromInstance, { region, instanceId, name: 'mine' }),
    ];

    const responses = await Promise.all([...calls, ...calls, ...calls].map((call) => call()));

    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of responses.filter((response) => response.status !== 201)) {
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { code: 'ImageQuotaExceeded', rule: 'quota.images', cap: 30, used: 30, remaining: 0 },
      });
    }
  });
});

describe('/v1/account/trusted-owners', () => {
  it('is one of the lists that are set concurrently', async () => {
    const member = await freshMember();
    const lists = Array.from({ length: 10 }, (_, index) => principals(3, `owner${index}-`));

    await Promise.all(lists.map((owners) => member.ok(putTrustedOwners, { owners })));

    expect(lists).toContainEqual((await member.ok(getTrustedOwners)).owners);
  });
});
