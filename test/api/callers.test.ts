import { checkImageAccess } from '../../functions/check-image-access.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { getAccount } from '../../functions/get-account.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { putProject } from '../../functions/put-project.ts';
import { actions } from '../../scripts/actions.ts';
import { type Api, anImageOf, type Callable, freshId, type Member, share, testRegions } from '../support/client.ts';
import { apiOf, freshMember, freshMembers, operator } from '../support/in-process.ts';

const restricted = (await actions())
  .map(({ action }) => action as Callable)
  .filter(({ callers }) => callers.length > 0)
  .map((action) => ({ name: action.name, action }));

describe('a token with the scope of a compute platform', () => {
  it('can only check access, report states, and list regions', () => {
    expect(restricted.filter(({ action }) => action.callers.includes('compute')).map(({ name }) => name)).toEqual([
      'CheckImageAccess',
      'ListRegions',
      'ReportImageState',
    ]);
  });
});

describe('an account', () => {
  it.each([getAccount, listImages, importImage] as Callable[])(
    'gets AccountNotFound if unknown and Forbidden if closed ($name)',
    async (action) => {
      const member = await freshMember();
      await operator().ok(closeProject, { accountId: member.account, projectId: member.project });
      await operator().ok(closeAccount, { accountId: member.account });
      const call = { region: 'ap-guangzhou', name: 'a', sizeGiB: 1 };
      const callFields = action.body === undefined ? { region: action.name === 'GetAccount' ? undefined : call.region } : call;

      expect(await apiOf({ account: freshId() }).refused(action, callFields)).toMatchObject({
        status: 404,
        code: 'AccountNotFound',
      });
      expect(await member.refused(action, callFields)).toMatchObject({ status: 403, code: 'Forbidden', rule: 'account.close' });
    },
  );

  it('can use nothing if unknown or closed, even if the image lists it as a recipient', async () => {
    const [owner, member] = (await freshMembers(2)) as [Member, Member];
    const { imageId } = await anImageOf(owner, 'ap-guangzhou');
    await share(owner, { region: 'ap-guangzhou', imageId }, [member.account]);
    await operator().ok(closeProject, { accountId: member.account, projectId: member.project });
    await operator().ok(closeAccount, { accountId: member.account });

    for (const api of [member, apiOf({ account: freshId() })]) {
      expect(await api.ok(checkImageAccess, { region: 'ap-guangzhou', imageId })).toMatchObject({
        allowed: false,
        rule: 'received.visible',
      });
    }
  });
});

describe('a project', () => {
  const region = testRegions.find(({ policy }) => policy.principalKind === 'project')?.region;
  let member: Member;
  let stranger: Member;
  const second = freshId('org-');

  beforeAll(async () => {
    [member, stranger] = (await freshMembers(2)) as [Member, Member];
    await operator().ok(putProject, { accountId: member.account, projectId: second, name: 'second' });
  });

  const ownerOf = async (api: Api, project?: string) => (await anImageOf(api, region as string, { project })).owner;
  const apiBoundTo = (project: string) => apiOf({ account: member.account, project });

  it("is the account's default, the one in the request, or the one in the token", async () => {
    expect(await ownerOf(member)).toBe(member.project);
    expect(await ownerOf(member, second)).toBe(second);
    expect(await ownerOf(apiBoundTo(second))).toBe(second);
    expect(await ownerOf(apiBoundTo(second), second)).toBe(second);
  });

  it('does not see images of another project of its account', async () => {
    const { imageId } = await anImageOf(member, region as string);

    expect(await member.refused(getImage, { region, imageId, project: second })).toMatchObject({ code: 'ImageNotFound' });
    expect(await apiBoundTo(second).refused(getImage, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
  });

  it("that differs from the token's is Forbidden", async () => {
    for (const project of [member.project, stranger.project, 'unknown']) {
      expect(await apiBoundTo(second).refused(listImages, { region, project })).toMatchObject({ status: 403, code: 'Forbidden' });
    }
  });

  it('that is unknown, closed, or of another account is ProjectNotFound, in the request or the token', async () => {
    const closed = freshId('org-');
    await operator().ok(putProject, { accountId: member.account, projectId: closed, name: 'gone' });
    await operator().ok(closeProject, { accountId: member.account, projectId: closed });

    for (const project of [stranger.project, 'unknown', closed]) {
      for (const action of [listImages, importImage] as Callable[]) {
        const call = { region, ...(action.body !== undefined && { name: 'a', sizeGiB: 1 }) };
        expect(await member.refused(action, { ...call, project })).toMatchObject({ status: 404, code: 'ProjectNotFound' });
        expect(await apiBoundTo(project).refused(action, call)).toMatchObject({ status: 404, code: 'ProjectNotFound' });
      }
    }
  });

  it('is ignored where accounts own images', async () => {
    expect((await anImageOf(member, 'ap-guangzhou', { project: stranger.project })).owner).toBe(member.account);
  });

  it('has its own records', async () => {
    const { imageId } = await anImageOf(member, region as string, { project: second });

    expect((await member.ok(listRecords, { region, project: second, imageId })).records).toHaveLength(1);
    expect((await apiBoundTo(second).ok(listRecords, { imageId })).records).toHaveLength(1);
    expect((await member.ok(listRecords, { region, imageId })).records).toEqual([]);
  });
});
