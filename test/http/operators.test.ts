import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getAccount } from '../../functions/get-account.ts';
import { getImage } from '../../functions/get-image.ts';
import { inspectAccount } from '../../functions/inspect-account.ts';
import { inspectProject } from '../../functions/inspect-project.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listRegions } from '../../functions/list-regions.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putProject } from '../../functions/put-project.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMember, freshMembers, operator } from '../support/api.ts';
import { anImageOf, eventually, freshId, type Member, share, testRegions } from '../support/client.ts';

const api = operator();
const projectRegion = testRegions.find(({ policy }) => policy.principalKind === 'project')?.region as string;
const accountRegions = testRegions.filter(({ policy }) => policy.principalKind === 'account').map(({ region }) => region);

describe('an account', () => {
  it('can be created, renamed, and read', async () => {
    const accountId = freshId();

    expect(await api.refused(inspectAccount, { accountId })).toMatchObject({ status: 404, code: 'AccountNotFound' });
    expect(await api.ok(putAccount, { accountId, name: 'First' })).toEqual({ accountId, name: 'First', state: 'open' });
    expect(await api.ok(putAccount, { accountId, name: 'Second' })).toMatchObject({ name: 'Second' });
    expect(await api.ok(inspectAccount, { accountId })).toMatchObject({ accountId, name: 'Second', state: 'open', projects: [] });
  });

  it('is closed permanently, by a repeatable call', async () => {
    const accountId = freshId();
    await api.ok(putAccount, { accountId, name: 'a' });

    await api.ok(closeAccount, { accountId });
    await api.ok(closeAccount, { accountId });

    expect(await api.ok(inspectAccount, { accountId })).toMatchObject({ state: 'closed' });
    expect(await api.refused(putAccount, { accountId, name: 'b' })).toMatchObject({
      status: 409,
      code: 'AccountClosed',
      rule: 'account.close',
    });
    expect(await api.refused(putProject, { accountId, projectId: freshId('org-'), name: 'p' })).toMatchObject({
      code: 'AccountClosed',
    });
    expect(await api.refused(closeAccount, { accountId: freshId() })).toMatchObject({ status: 404, code: 'AccountNotFound' });
  });

  it("can't be closed while it owns images or open projects, which are all listed", async () => {
    const member = await freshMember();
    const images = await Promise.all(accountRegions.map((region) => anImageOf(member, region)));
    const close = () => api.refused(closeAccount, { accountId: member.account });

    const refusal = await close();
    expect(refusal).toMatchObject({ status: 409, code: 'AccountInUse', rule: 'account.close' });
    expect(refusal.offenders?.map(({ id }) => id).toSorted()).toEqual(
      [...images.map(({ imageId }) => imageId), member.project].toSorted(),
    );

    await Promise.all(images.map(({ region, imageId }) => member.ok(deleteImage, { region, imageId })));
    expect((await close()).offenders?.map(({ id }) => id)).toEqual([member.project]);
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });
    await api.ok(closeAccount, { accountId: member.account });
  });

  it('has one default project when its first ones are created concurrently', async () => {
    const accountId = freshId();
    await Promise.all(Array.from({ length: 10 }, () => api.ok(putAccount, { accountId, name: 'a' })));
    const projects = Array.from({ length: 10 }, () => freshId('org-'));
    await Promise.all(projects.map((projectId) => api.ok(putProject, { accountId, projectId, name: 'p' })));

    const account = await api.ok(inspectAccount, { accountId });

    expect(account.projects.map(({ projectId }) => projectId).toSorted()).toEqual(projects.toSorted());
    expect(projects).toContain(account.defaultProject);
    expect((await api.refused(closeAccount, { accountId })).offenders?.map(({ id }) => id).toSorted()).toEqual(
      projects.toSorted(),
    );
  });

  it('that is closed during its own imports has no images', async () => {
    const member = await freshMember();
    const [region] = accountRegions as [string];
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });

    const [closed, ...imports] = await Promise.all([
      api.try(closeAccount, { accountId: member.account }),
      ...Array.from({ length: 10 }, () => anImageOf(member, region).catch(() => undefined)),
    ]);

    const imported = imports.filter((image) => image !== undefined);
    expect(closed.status).toBe(imported.length === 0 ? 204 : 409);
  });

  it('returns its own ids, projects, and quotas to a tenant', async () => {
    const member = await freshMember();
    const [region] = accountRegions as [string];
    await anImageOf(member, region);
    await anImageOf(member, projectRegion);

    const account = await member.ok(getAccount);

    expect(account).toMatchObject({
      accountId: member.account,
      defaultProject: member.project,
      projects: [{ projectId: member.project }],
    });
    expect(account).not.toHaveProperty('state');
    expect(account.quotas).toEqual(
      expect.arrayContaining([
        { region, principal: member.account, used: 1, limit: 500 },
        { region: projectRegion, principal: member.project, used: 1, limit: 30 },
      ]),
    );
  });
});

describe('a project', () => {
  it('can be created, renamed, and read, only under its account', async () => {
    const [member, other] = (await freshMembers(2)) as [Member, Member];
    const projectId = freshId('org-');
    const mine = { accountId: member.account, projectId };

    expect(await api.refused(inspectProject, mine)).toMatchObject({ status: 404, code: 'ProjectNotFound' });
    expect(await api.ok(putProject, { ...mine, name: 'a' })).toEqual({
      projectId,
      account: member.account,
      name: 'a',
      state: 'open',
    });
    expect(await api.ok(putProject, { ...mine, name: 'b' })).toMatchObject({ name: 'b' });
    expect(await api.ok(inspectProject, mine)).toMatchObject({ name: 'b' });
    const theirs = { accountId: other.account, projectId };
    expect(await api.refused(inspectProject, theirs)).toMatchObject({ code: 'ProjectNotFound' });
    expect(await api.refused(closeProject, theirs)).toMatchObject({ code: 'ProjectNotFound' });
    expect(await api.refused(putProject, { ...theirs, name: 'c' })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: [{ id: 'projectId' }],
    });
    expect(await api.refused(putProject, { accountId: freshId(), projectId: freshId('org-'), name: 'c' })).toMatchObject({
      code: 'AccountNotFound',
    });
  });

  it("can't be closed while it owns images, or reopened", async () => {
    const member = await freshMember();
    const project = { accountId: member.account, projectId: member.project };
    const { imageId } = await anImageOf(member, projectRegion);

    expect(await api.refused(closeProject, project)).toMatchObject({
      status: 409,
      code: 'AccountInUse',
      offenders: [{ id: imageId }],
    });
    await member.ok(deleteImage, { region: projectRegion, imageId });
    await api.ok(closeProject, project);
    await api.ok(closeProject, project);

    expect(await api.ok(inspectProject, project)).toMatchObject({ state: 'closed' });
    expect(await api.refused(putProject, { ...project, name: 'again' })).toMatchObject({ code: 'AccountClosed' });
  });

  it('can be closed if it is the default: requests then need a project, until another one is created', async () => {
    const member = await freshMember();
    const [second, third] = [freshId('org-'), freshId('org-')];
    await api.ok(putProject, { accountId: member.account, projectId: second, name: 'second' });
    expect(await member.ok(getAccount)).toMatchObject({ defaultProject: member.project });
    await api.ok(closeProject, { accountId: member.account, projectId: member.project });

    expect(await member.ok(getAccount)).not.toHaveProperty('defaultProject');
    expect(await member.refused(getImage, { region: projectRegion, imageId: 'uimage-1' })).toMatchObject({
      code: 'ProjectNotFound',
    });
    expect((await anImageOf(member, projectRegion, { project: second })).owner).toBe(second);

    await api.ok(putProject, { accountId: member.account, projectId: third, name: 'third' });
    expect((await anImageOf(member, projectRegion)).owner).toBe(third);
  });
});

describe.each(testRegions)('a closed recipient in $name', ({ region, policy }) => {
  it("loses access immediately, can't get new shares, and is removed from the list of shares", async () => {
    const [owner, closedMember, otherMember] = (await freshMembers(3)) as [Member, Member, Member];
    const image = await anImageOf(owner, region);
    await share(owner, image, [closedMember.principalIn(policy), otherMember.principalIn(policy)]);

    await api.ok(closeProject, { accountId: closedMember.account, projectId: closedMember.project });
    await api.ok(closeAccount, { accountId: closedMember.account });

    expect((await closedMember.refused(getImage, { region, imageId: image.imageId })).status).toBeGreaterThanOrEqual(403);
    const remaining = await eventually(
      () => owner.ok(listImageShares, { region, imageId: image.imageId }),
      ({ used }) => used === 1,
    );
    expect(remaining.shares.map(({ recipient }) => recipient)).toEqual([otherMember.principalIn(policy)]);
    expect(await otherMember.ok(getImage, { region, imageId: image.imageId })).toMatchObject({ visibility: 'shared' });
    expect(
      await owner.refused(shareImage, {
        region,
        imageId: image.imageId,
        recipients: [closedMember.principalIn(policy)],
        acknowledgeRisk: true,
      }),
    ).toMatchObject({ code: 'RecipientNotFound', offenders: [{ id: closedMember.principalIn(policy) }] });
    expect(
      await owner.ok(cancelImageShares, { region, imageId: image.imageId, recipient: closedMember.principalIn(policy) }),
    ).toMatchObject({
      notShared: [closedMember.principalIn(policy)],
    });
  });
});

describe('GET /v1/regions', () => {
  it('returns every region with its policy settings to every scope', async () => {
    const { regions } = await api.ok(listRegions);

    for (const { region, policy } of testRegions) {
      const { name, imageId: _image, instanceId: _instance, ...settings } = policy;
      expect(regions).toContainEqual({ region, policy: name, ...settings });
    }
    expect(await (await freshMember()).ok(listRegions)).toEqual({ regions });
  });
});
