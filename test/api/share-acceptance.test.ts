import { changeImageShares } from '../../functions/change-image-shares.ts';
import { getShareAcceptance } from '../../functions/get-share-acceptance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { principals } from '../support/builders.ts';
import { anImageOf, type Member, share, testRegions } from '../support/client.ts';
import { apiOf, freshMembers } from '../support/in-process.ts';

let owner: Member;
let friend: Member;
let other: Member;

beforeEach(async () => {
  [owner, friend, other] = (await freshMembers(3)) as [Member, Member, Member];
});

describe('/v1/account/share-acceptance', () => {
  it('is that of the account, and with project that of the project', async () => {
    const { project } = friend;
    const trusted = { from: 'trusted', blockedOwners: ['x'] };

    expect(await friend.ok(getShareAcceptance)).toEqual({ from: 'anyone', blockedOwners: [] });
    expect(await friend.ok(putShareAcceptance, { ...trusted, project })).toMatchObject(trusted);
    expect(await friend.ok(getShareAcceptance)).toEqual({ from: 'anyone', blockedOwners: [] });
    expect(await friend.ok(getShareAcceptance, { project })).toEqual(trusted);
    expect(await other.refused(getShareAcceptance, { project })).toMatchObject({ status: 404, code: 'ProjectNotFound' });
  });

  it('is open to a token that is limited to a project, for that project only', async () => {
    const limited = apiOf({ account: friend.account, project: friend.project });
    const blocked = { from: 'anyone', blockedOwners: ['x'] };
    await limited.ok(putShareAcceptance, blocked);

    expect(await limited.ok(getShareAcceptance, { project: friend.project })).toEqual(blocked);
    expect(await friend.ok(getShareAcceptance, { project: friend.project })).toEqual(blocked);
    expect(await limited.refused(putShareAcceptance, { ...blocked, project: other.project })).toMatchObject({
      status: 403,
      code: 'Forbidden',
    });
    expect(await limited.refused(getTrustedOwners, { project: friend.project })).toMatchObject({ status: 403 });
  });

  it.each<[string, object, string]>([
    ['an unknown kind of owners', { from: 'nobody', blockedOwners: [] }, 'from'],
    ['no kind of owners', { blockedOwners: [] }, 'from'],
    ['no list', { from: 'anyone' }, 'blockedOwners'],
    ['an invalid ID', { from: 'anyone', blockedOwners: ['a', '-b'] }, 'blockedOwners[1]'],
    ['101 blocked owners', { from: 'anyone', blockedOwners: principals(101) }, 'blockedOwners'],
  ])('refuses %s with an error for the field', async (_, fields, id) => {
    expect(await friend.refused(putShareAcceptance, { ...fields })).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: [{ id }],
    });
  });
});

describe.each(testRegions)('sharing in $name', ({ region, policy }) => {
  const idOf = (member: Member) => member.principalIn(policy);
  const asRecipient = (member: Member) => (policy.principalKind === 'project' ? { project: member.project } : {});
  const accept = (from: 'anyone' | 'trusted', ...blocked: Member[]) =>
    friend.ok(putShareAcceptance, { from, blockedOwners: blocked.map(idOf), ...asRecipient(friend) });
  const trust = (...owners: Member[]) => friend.ok(putTrustedOwners, { owners: owners.map(idOf), ...asRecipient(friend) });
  const aRequest = async () => ({ region, imageId: (await anImageOf(owner, region)).imageId, acknowledgeRisk: true });

  it('refuses a recipient that blocks the owner, in every call that adds recipients and in a dry run', async () => {
    const request = await aRequest();
    await accept('anyone', owner);
    await trust(owner);
    const recipients = [idOf(other), idOf(friend)];
    const refusal = {
      status: 409,
      code: 'RecipientDoesNotAccept',
      rule: 'share.recipient-accepts',
      offenders: [
        { id: idOf(friend), code: 'RecipientDoesNotAccept', reason: `${idOf(friend)} doesn't accept images from ${idOf(owner)}` },
      ],
    };

    expect(await owner.refused(shareImage, { ...request, recipients })).toMatchObject(refusal);
    expect(await owner.refused(shareImage, { ...request, recipients, dryRun: true })).toMatchObject(refusal);
    expect(await owner.refused(setImageShares, { ...request, recipients })).toMatchObject(refusal);
    expect(await owner.refused(changeImageShares, { ...request, add: recipients })).toMatchObject(refusal);
  });

  it('refuses a recipient that accepts only other owners with the same words, and allows those that it trusts', async () => {
    const request = await aRequest();
    const recipients = [idOf(friend)];
    await accept('anyone', owner);
    const { detail } = await owner.refused(shareImage, { ...request, recipients });
    await accept('trusted');
    await trust(other);

    expect(await owner.refused(shareImage, { ...request, recipients })).toMatchObject({ status: 409, detail });
    await trust(other, owner);
    expect(await owner.ok(shareImage, { ...request, recipients })).toMatchObject({ added: recipients });
  });

  it('keeps existing shares, which can be rescheduled, but not made again once they end', async () => {
    const image = await anImageOf(owner, region);
    const recipients = [idOf(friend)];
    await share(owner, image, recipients);
    await accept('anyone', owner);
    const request = { region, imageId: image.imageId, acknowledgeRisk: true };
    const expiresAt = '2100-01-01T00:00:00.000Z';

    expect(await owner.ok(shareImage, { ...request, recipients, expiresAt })).toMatchObject({
      added: [],
      rescheduled: recipients,
    });
    expect(await owner.ok(setImageShares, { ...request, recipients })).toMatchObject({ added: [] });
    await owner.ok(changeImageShares, { ...request, remove: recipients });
    expect(await owner.refused(shareImage, { ...request, recipients })).toMatchObject({ code: 'RecipientDoesNotAccept' });
  });

  it('does not depend on what the recipient decided for the other kind of principal', async () => {
    const elsewhere = policy.principalKind === 'account' ? { project: friend.project } : {};
    await friend.ok(putShareAcceptance, { from: 'trusted', blockedOwners: [idOf(owner)], ...elsewhere });

    expect(await owner.ok(shareImage, { ...(await aRequest()), recipients: [idOf(friend)] })).toMatchObject({ used: 1 });
  });
});
