import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putProject } from '../../functions/put-project.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { noon, policyNamed } from '../support/builders.ts';
import { anImageOf, type Fields, freshId, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

let members: Member[];
let owner: Member;
let recipient: Member;

beforeAll(async () => {
  members = await freshMembers(52);
  [owner, recipient] = members as [Member, Member];
});

describe.each(testRegions)('POST /v1/regions/{region}/images/{imageId}/shares in $name', ({ region, policy }) => {
  const principals = (from: number, recipients: number) =>
    members.slice(from, recipients).map((member) => member.principalIn(policy));
  const fieldsFor = ({ imageId }: { imageId: string }) => ({ region, imageId, acknowledgeRisk: true });
  const sharesOf = (imageId: string) => owner.ok(listImageShares, { region, imageId });

  it('accepts 50 recipients and refuses the 51st with ShareCapExceeded, cap, used, and remaining', async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, principals(1, 50));

    const twoRefused = await owner.refused(shareImage, { ...fieldsFor(image), recipients: principals(50, 52) });
    await share(owner, image, principals(50, 51));
    const lastRefused = await owner.refused(shareImage, { ...fieldsFor(image), recipients: principals(51, 52) });

    expect(twoRefused).toMatchObject({
      status: 409,
      code: 'ShareCapExceeded',
      rule: 'share.cap',
      cap: 50,
      used: 49,
      remaining: 1,
    });
    expect(lastRefused).toMatchObject({
      status: 409,
      code: 'ShareCapExceeded',
      rule: 'share.cap',
      cap: 50,
      used: 50,
      remaining: 0,
    });
    expect(lastRefused.detail).toMatch(/copy/);
    expect(lastRefused.offenders).toEqual([expect.objectContaining({ id: principals(51, 52)[0] })]);
    expect((await sharesOf(image.imageId)).shares).toHaveLength(50);
  });

  it('shares with nobody if a recipient is unknown, and lists all unknown ones', async () => {
    const image = await anImageOf(owner, region);
    const unknown = [freshId('nobody'), 'isPrototypeOf', 'toString-not'];
    const wrongKind = policy.principalKind === 'account' ? recipient.project : recipient.account;

    const refusal = await owner.refused(shareImage, {
      ...fieldsFor(image),
      recipients: [recipient.principalIn(policy), ...unknown, wrongKind],
    });

    expect(refusal).toMatchObject({ status: 409, code: 'RecipientNotFound', rule: 'share.recipient-exists' });
    expect(refusal.offenders?.map(({ id }) => id)).toEqual([...unknown, wrongKind]);
    expect(await sharesOf(image.imageId)).toMatchObject({ used: 0, shares: [] });
    expect(await recipient.refused(getImage, { region, imageId: image.imageId })).toMatchObject({ code: 'ImageNotFound' });
  });

  it('refuses the owner among the recipients with RecipientIsOwner', async () => {
    const image = await anImageOf(owner, region);

    const refusal = await owner.refused(shareImage, {
      ...fieldsFor(image),
      recipients: [recipient.principalIn(policy), owner.principalIn(policy)],
    });

    expect(refusal).toMatchObject({
      status: 409,
      code: 'RecipientIsOwner',
      rule: 'share.not-self',
      offenders: [{ id: owner.principalIn(policy) }],
    });
    expect(await sharesOf(image.imageId)).toMatchObject({ used: 0 });
  });

  it('keeps the creation time of a repeated share, and counts it once', async () => {
    const image = await anImageOf(owner, region);
    const first = await share(owner, image, [recipient.principalIn(policy)]);

    const again = await share(owner, image, [recipient.principalIn(policy)]);

    expect(again).toEqual({ ...first, added: [] });
    expect(await sharesOf(image.imageId)).toMatchObject({ used: 1, shares: first.shares });
  });

  it('sets, keeps, changes, and removes an end time', async () => {
    const image = await anImageOf(owner, region);
    const recipients = [recipient.principalIn(policy)];
    const endOf = async (fields: Fields) => (await share(owner, image, recipients, fields)).shares[0]?.expiresAt;

    expect(await endOf({ expiresAt: '2030-01-01T00:00:00Z' })).toBe('2030-01-01T00:00:00.000Z');
    expect(await endOf({})).toBe('2030-01-01T00:00:00.000Z');
    expect(await endOf({ expiresAt: '2031-01-01T02:00:00+02:00' })).toBe('2031-01-01T00:00:00.000Z');
    expect(await endOf({ expiresAt: null })).toBeUndefined();
    expect(await sharesOf(image.imageId)).toMatchObject({ used: 1, shares: [{ recipient: recipients[0] }] });
  });

  it('refuses an end time that is not in the future', async () => {
    const image = await anImageOf(owner, region);

    for (const expiresAt of [noon.toISOString(), '2020-01-01T00:00:00Z', '0000-01-01T00:00:00+14:00']) {
      expect(
        await owner.refused(shareImage, { ...fieldsFor(image), recipients: [recipient.principalIn(policy)], expiresAt }),
      ).toMatchObject({ status: 400, code: 'InvalidRequest', rule: 'share.expiry', offenders: [{ id: 'expiresAt' }] });
    }
  });

  it('shares an image that is being made according to the policy', async () => {
    const image = await anImageOf(owner, region, { state: 'pending' });
    const request = { ...fieldsFor(image), recipients: [recipient.principalIn(policy)] };

    if (policy.pendingMayBeShared) {
      expect(await owner.ok(shareImage, request)).toMatchObject({ used: 1 });
      expect(await recipient.ok(getImage, { region, imageId: image.imageId })).toMatchObject({ state: 'pending' });
    } else {
      expect(await owner.refused(shareImage, request)).toMatchObject({
        status: 409,
        code: 'ImageNotShareable',
        rule: 'share.custom-only',
      });
    }
  });

  it('refuses an image that failed, and a deprecated one', async () => {
    const failed = await anImageOf(owner, region, { state: 'pending' });
    await compute().ok(reportImageState, { region, imageId: failed.imageId, state: 'failed' });
    const deprecated = await anImageOf(owner, region);
    await owner.ok(updateImage, { region, imageId: deprecated.imageId, deprecated: true });

    for (const image of [failed, deprecated]) {
      expect(await owner.refused(shareImage, { ...fieldsFor(image), recipients: [recipient.principalIn(policy)] })).toMatchObject(
        {
          status: 409,
          code: 'ImageNotShareable',
          rule: 'share.custom-only',
        },
      );
    }
  });

  const tryToShare = async (fields: Fields) => {
    const image = await anImageOf(owner, region, fields);
    const response = await owner.try(shareImage, { ...fieldsFor(image), recipients: [recipient.principalIn(policy)] });
    const { rule, code } = response.body as { rule?: string; code?: string };
    const view = response.status === 200 ? await recipient.ok(getImage, { region, imageId: image.imageId }) : undefined;
    return { status: response.status, code, rule, seen: view };
  };

  it('handles data disks according to the policy', async () => {
    const { status, code, rule, seen: view } = await tryToShare({ sizeGiB: 20, disks: [{ sizeGiB: 100 }, { sizeGiB: 30 }] });

    if (policy.dataDisksWhenShared === 'refused') {
      expect({ status, code, rule }).toEqual({ status: 409, code: 'ImageNotShareable', rule: 'share.data-disks' });
    } else {
      const disksGiB = policy.dataDisksWhenShared === 'whole' ? [20, 100, 30] : [20];
      expect(view).toMatchObject({ disksGiB, sizeGiB: policy.dataDisksWhenShared === 'whole' ? 150 : 20 });
    }
  });

  it('handles the lightweight product according to the policy', async () => {
    const { status, rule } = await tryToShare({ product: 'lightweight' });

    expect({ status, rule }).toEqual(
      policy.lightweightMayBeShared ? { status: 200, rule: undefined } : { status: 409, rule: 'share.lightweight' },
    );
  });

  it.each(['none', 'service', 'customer'] as const)('handles encryption "%s" according to the policy', async (encryption) => {
    const { status, rule } = await tryToShare({ encryption });

    expect({ status, rule }).toEqual(
      (policy.encryptionsThatMayBeShared as readonly string[]).includes(encryption)
        ? { status: 200, rule: undefined }
        : { status: 409, rule: 'share.encrypted' },
    );
  });

  it('requires acknowledging the risk or returns the notice, according to the policy', async () => {
    const image = await anImageOf(owner, region);
    const request = { region, imageId: image.imageId, recipients: [recipient.principalIn(policy)] };

    if (policy.riskAcknowledgement === 'required') {
      for (const acknowledgeRisk of [undefined, false]) {
        const refusal = await owner.refused(shareImage, { ...request, acknowledgeRisk });
        expect(refusal).toMatchObject({ status: 409, code: 'RiskNotAcknowledged', rule: 'share.acknowledge' });
        expect(refusal.detail).toMatch(/contains no sensitive data/);
      }
      expect(await owner.ok(shareImage, { ...request, acknowledgeRisk: true })).toMatchObject({ used: 1 });
    } else {
      expect((await owner.ok(shareImage, request)).notice).toMatch(/contains no sensitive data/);
    }
  });
});

describe('a share between projects of one account', () => {
  const { region } = testRegions.find(({ policy }) => policy === policyNamed('ucloud')) as (typeof testRegions)[number];

  it('makes another project of the owner a recipient', async () => {
    const project = freshId('org-');
    await operator().ok(putProject, { accountId: owner.account, projectId: project, name: 'second' });
    const { imageId } = await anImageOf(owner, region);

    await share(owner, { region, imageId }, [project]);

    expect(await owner.ok(getImage, { region, imageId, project })).toMatchObject({ visibility: 'shared', owner: owner.project });
    expect(await owner.refused(shareImage, { region, imageId, project, recipients: [recipient.project] })).toMatchObject({
      rule: 'share.no-reshare',
    });
  });
});
