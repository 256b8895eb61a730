import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { anImageOf, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers } from '../support/in-process.ts';

const uses = ['launch', 'reinstall', 'reinitialize', 'copy', 'save', 'share', 'delete'] as const;

let members: [Member, Member, Member, Member];

beforeAll(async () => {
  members = (await freshMembers(4)) as typeof members;
});

describe.each(testRegions)('GET /v1/regions/{region}/images/{imageId}/access in $name', ({ region, policy }) => {
  const ids = () => members.map((member) => member.principalIn(policy) as string) as [string, string, string, string];

  const sharedImage = async () => {
    const image = await anImageOf(members[0], region);
    await share(members[0], image, [ids()[1], ids()[2]]);
    return image.imageId;
  };

  it('lets a compute platform check anyone, and returns rule, reason, and sources', async () => {
    const imageId = await sharedImage();
    const api = compute();
    const check = (principal: string, use?: string) => api.ok(checkImageAccess, { region, imageId, principal, use });

    expect(await check(ids()[0])).toMatchObject({ allowed: true, rule: 'owner.still-uses' });
    expect(await check(ids()[1], 'launch')).toMatchObject({
      allowed: true,
      rule: 'received.use',
      sources: expect.arrayContaining([expect.stringMatching(/./)]),
    });
    expect(await check(ids()[3])).toMatchObject({
      allowed: false,
      rule: 'received.visible',
      remedy: expect.stringMatching(/./),
    });
  });

  it('decides every use for owner, recipient, and stranger', async () => {
    const imageId = await sharedImage();
    const api = compute();
    const allowedTo = async (principal: string) => {
      const decisions = await Promise.all(uses.map((use) => api.ok(checkImageAccess, { region, imageId, principal, use })));
      return uses.filter((_, at) => decisions[at]?.allowed);
    };

    expect(await allowedTo(ids()[0])).toEqual(
      uses.filter((use) => use !== 'save' && (use !== 'delete' || policy.deleteWhileShared === 'withdraw')),
    );
    expect(await allowedTo(ids()[1])).toEqual([
      'launch',
      'reinstall',
      'reinitialize',
      ...(policy.recipientMaySave ? ['save'] : []),
    ]);
    expect(await allowedTo(ids()[3])).toEqual([]);
  });

  it('lets a principal check itself, whether or not it names itself', async () => {
    const imageId = await sharedImage();
    const [, recipient, , stranger] = members;

    expect(await recipient.ok(checkImageAccess, { region, imageId })).toMatchObject({ allowed: true, rule: 'received.use' });
    expect(await recipient.ok(checkImageAccess, { region, imageId, principal: ids()[1] })).toMatchObject({ allowed: true });
    expect(await stranger.ok(checkImageAccess, { region, imageId })).toMatchObject({ allowed: false, rule: 'received.visible' });
  });

  it('lets the owner check others, a recipient only itself, and hides the image from a stranger', async () => {
    const imageId = await sharedImage();
    const [owner, recipient, , stranger] = members;

    expect(await owner.ok(checkImageAccess, { region, imageId, principal: ids()[1] })).toMatchObject({ allowed: true });
    expect(await owner.ok(checkImageAccess, { region, imageId, principal: ids()[3] })).toMatchObject({ allowed: false });
    for (const principal of [ids()[2], ids()[3]]) {
      expect(await recipient.refused(checkImageAccess, { region, imageId, principal })).toMatchObject({
        status: 403,
        code: 'Forbidden',
        rule: 'received.privacy',
      });
      expect(await stranger.refused(checkImageAccess, { region, imageId, principal: ids()[1] })).toMatchObject({
        status: 404,
        code: 'ImageNotFound',
      });
    }
  });

  it('returns byte-identical responses for missing, deleted, expired, and never shared images', async () => {
    const [owner, recipient] = members;
    const neverShared = await anImageOf(owner, region);
    const deleted = await anImageOf(owner, region);
    const expired = await anImageOf(owner, region);
    await share(owner, expired, [ids()[1]]);
    await owner.ok(cancelImageShares, { region, imageId: expired.imageId, all: true });
    await owner.ok(deleteImage, { region, imageId: deleted.imageId });

    for (const use of uses) {
      const responses = await Promise.all(
        [neverShared, deleted, expired, { imageId: 'missing' }].flatMap(({ imageId }) => [
          recipient.try(checkImageAccess, { region, imageId, use }),
          compute().try(checkImageAccess, { region, imageId, use, principal: ids()[1] }),
          compute().try(checkImageAccess, { region, imageId, use, principal: 'unknown' }),
        ]),
      );
      expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(responses[0]?.body).toMatchObject({ allowed: false, rule: 'received.visible' });
    }
  });

  it('refuses checks of others with a byte-identical ImageNotFound, except for image and request id', async () => {
    const [owner, , , stranger] = members;
    const existing = await anImageOf(owner, region);
    const refusal = async (imageId: string) => {
      const { requestId, ...problem } = await stranger.refused(checkImageAccess, { region, imageId, principal: ids()[1] });
      return JSON.stringify(problem).replaceAll(imageId, 'ID');
    };

    expect(await refusal(existing.imageId)).toBe(await refusal('missing'));
  });

  it('denies use of a pending image until it is reported available', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const check = () => owner.ok(checkImageAccess, { region, imageId, use: 'launch' });

    expect(await check()).toMatchObject({
      allowed: false,
      reason: `Image ${imageId} isn't available because it is still being created.`,
    });
    await compute().ok(reportImageState, { region, imageId, state: 'available' });
    expect(await check()).toMatchObject({ allowed: true });
  });
});
