import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { listImages } from '../../functions/list-images.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { principals } from '../support/builders.ts';
import { anImageOf, type Fields, type Member, share, testRegions } from '../support/client.ts';
import { freshMember, freshMembers } from '../support/in-process.ts';

let member: Member;
let trusted: Member;
let other: Member;

beforeEach(async () => {
  [member, trusted, other] = (await freshMembers(3)) as [Member, Member, Member];
});

describe('/v1/account/trusted-owners', () => {
  it('is empty at first, then the last list set, without duplicates, separately per account', async () => {
    expect(await member.ok(getTrustedOwners)).toEqual({ owners: [] });

    expect(await member.ok(putTrustedOwners, { owners: ['b', 'a', 'b'] })).toMatchObject({ owners: ['b', 'a'] });
    expect(await member.ok(getTrustedOwners)).toEqual({ owners: ['b', 'a'] });
    expect(await other.ok(getTrustedOwners)).toEqual({ owners: [] });

    expect(await member.ok(putTrustedOwners, { owners: [] })).toMatchObject({ owners: [] });
    expect(await member.ok(getTrustedOwners)).toEqual({ owners: [] });
  });

  it("is a project's own list with project, which must be the account's", async () => {
    const { project } = member;
    await member.ok(putTrustedOwners, { owners: ['a'] });

    expect(await member.ok(putTrustedOwners, { owners: ['b', 'b'], project })).toMatchObject({ owners: ['b'] });
    expect(await member.ok(getTrustedOwners, { project })).toEqual({ owners: ['b'] });
    expect(await member.ok(getTrustedOwners)).toEqual({ owners: ['a'] });
    expect(await other.refused(putTrustedOwners, { owners: ['c'], project })).toMatchObject({ code: 'ProjectNotFound' });
    expect(await member.ok(getTrustedOwners, { project })).toEqual({ owners: ['b'] });
  });

  it('accepts 100 owners, and refuses 101 with 400', async () => {
    const owners = principals(101, 'trusted-');

    expect((await member.ok(putTrustedOwners, { owners: owners.slice(1) })).owners).toHaveLength(100);
    expect(await member.refused(putTrustedOwners, { owners })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: [{ id: 'owners' }],
    });
    expect(await member.ok(getTrustedOwners)).toEqual({ owners: owners.slice(1) });
  });
});

describe.each(testRegions)('GET /v1/regions/{region}/images?trusted=true in $name', ({ region, policy }) => {
  const listIds = async (fields: Fields = {}) =>
    (await member.ok(listImages, { region, limit: 100, ...fields })).images.map(({ imageId }) => imageId);
  const shareFrom = async (owner: Member) => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [member.principalIn(policy)]);
    return image.imageId;
  };
  const trust = (...owners: Member[]) =>
    member.ok(putTrustedOwners, { owners: owners.map((owner) => owner.principalIn(policy)) });

  it('lists only shared images of trusted owners, and all owned images', async () => {
    const { imageId: ownImage } = await anImageOf(member, region);
    const [trustedImage, untrustedImage] = [await shareFrom(trusted), await shareFrom(other)];

    expect(await listIds({ trusted: 'true' })).toEqual([ownImage]);
    await trust(trusted);
    expect(await listIds({ trusted: 'true' })).toEqual([ownImage, trustedImage]);
    expect(await listIds({ trusted: 'true', scope: 'shared' })).toEqual([trustedImage]);
    expect(await listIds({ trusted: 'true', scope: 'owned' })).toEqual([ownImage]);
    expect(await listIds({ trusted: 'false' })).toEqual([ownImage, untrustedImage, trustedImage]);
    expect(await listIds()).toEqual([ownImage, untrustedImage, trustedImage]);
    await trust(other);
    expect(await listIds({ trusted: 'true', scope: 'shared' })).toEqual([untrustedImage]);
  });

  it('counts the owners that the acting project trusts, but only where projects receive images', async () => {
    const trustedImage = await shareFrom(trusted);
    const { project } = member;
    await member.ok(putTrustedOwners, { owners: [trusted.principalIn(policy)], project });
    const expected = policy.principalKind === 'project' ? [trustedImage] : [];

    expect(await listIds({ trusted: 'true' })).toEqual(expected);
    expect(await listIds({ trusted: 'true', project })).toEqual(expected);
    await trust(trusted);
    await member.ok(putTrustedOwners, { owners: [], project });
    expect(await listIds({ trusted: 'true', project })).toEqual([trustedImage]);
  });

  it('does not affect access', async () => {
    const untrustedImage = await shareFrom(other);
    const { imageId: unshared } = await anImageOf(trusted, region);
    await trust(trusted);

    expect(await listIds({ trusted: 'true' })).toEqual([]);
    expect(await member.ok(checkImageAccess, { region, imageId: unshared })).toMatchObject({ allowed: false });
    expect(await member.ok(checkImageAccess, { region, imageId: untrustedImage })).toMatchObject({ allowed: true });
  });

  it('supports paging, with a cursor that no list without it accepts', async () => {
    const older = await shareFrom(trusted);
    const newer = await shareFrom(trusted);
    await shareFrom(other);
    await trust(trusted);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await member.ok(listImages, { region, limit: 1, trusted: 'true', cursor });
      pages.push(...page.images.map(({ imageId }) => imageId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(pages).toEqual([newer, older]);
    const { nextCursor } = await member.ok(listImages, { region, limit: 1, trusted: 'true' });
    expect(await member.refused(listImages, { region, limit: 1, cursor: nextCursor })).toMatchObject({
      status: 400,
      offenders: [{ id: 'cursor' }],
    });
  });
});

describe('trusted', () => {
  it.each(['yes', '', '1', 'TRUE'])('is refused as "%s" with 400', async (flag) => {
    const caller = await freshMember();

    expect(await caller.refused(listImages, { region: 'ap-guangzhou', trusted: flag })).toMatchObject({
      status: 400,
      offenders: [{ id: 'trusted' }],
    });
  });
});
