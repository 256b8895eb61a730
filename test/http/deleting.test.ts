import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { Policy } from '../../lib/model/policy.ts';
import { freshMembers } from '../support/api.ts';
import { anImageOf, type Member, share, testRegions } from '../support/client.ts';
import { isVisibleTo } from './visibility-probe.ts';

let members: [Member, Member, Member, Member, Member];

beforeAll(async () => {
  members = (await freshMembers(5)) as typeof members;
});

type Ids = [string, string, string, string, string];
const idsIn = (policy: Policy): Ids => members.map((member) => member.principalIn(policy) as string) as Ids;

describe.each(testRegions)('DELETE /v1/regions/{region}/images/{imageId} in $name', ({ region, policy }) => {
  const ids = () => idsIn(policy);

  it('refuses a shared image with ImageShared and its recipients, or deletes it, according to the policy', async () => {
    const [owner, recipient] = members;
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, ids().slice(1, 3));

    const response = await owner.try(deleteImage, { region, imageId });

    if (policy.deleteWhileShared === 'refuse') {
      expect(response).toMatchObject({ status: 409, body: { code: 'ImageShared', rule: 'delete.guard', used: 2 } });
      const { recipients } = response.body as { recipients: string[] };
      expect(recipients.toSorted()).toEqual(ids().slice(1, 3).toSorted());
      expect(await isVisibleTo(recipient, region, imageId)).toBe(true);
      await owner.ok(cancelImageShares, { region, imageId, all: true });
      await owner.ok(deleteImage, { region, imageId });
    } else {
      expect(response).toMatchObject({ status: 204, text: '' });
    }
    expect(await isVisibleTo(recipient, region, imageId)).toBe(false);
    expect(await isVisibleTo(owner, region, imageId)).toBe(false);
  });

  it('makes every later call return ImageNotFound', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    await owner.ok(deleteImage, { region, imageId });

    const later = [
      await owner.refused(deleteImage, { region, imageId }),
      await owner.refused(getImage, { region, imageId }),
      await owner.refused(listImageShares, { region, imageId }),
      await owner.refused(cancelImageShares, { region, imageId, all: true }),
      await owner.refused(shareImage, { region, imageId, recipients: [ids()[1]], acknowledgeRisk: true }),
    ];

    expect(later.map(({ code }) => code)).toEqual(Array(5).fill('ImageNotFound'));
  });

  it('deletes nothing in a dry run, and reports the outcome', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    const response = await owner.try(deleteImage, { region, imageId, dryRun: 'true' });

    expect(response).toMatchObject({ status: 200, body: { dryRun: true, allowed: true } });
    expect(await isVisibleTo(owner, region, imageId)).toBe(true);

    await share(owner, { region, imageId }, [ids()[1]]);
    const again = await owner.try(deleteImage, { region, imageId, dryRun: 'true' });
    expect(again.status).toBe(policy.deleteWhileShared === 'refuse' ? 409 : 200);
    expect(await isVisibleTo(members[1], region, imageId)).toBe(true);
  });
});
