import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageOf, freshId, freshMembers, type Member, places, share } from '../support/api.ts';

let members: [Member, Member];

beforeAll(async () => {
  members = (await freshMembers(2)) as typeof members;
});

describe('?dryRun=true', () => {
  const { region } = places[0] as (typeof places)[number];

  it('shares, cancels and imports nothing', async () => {
    const [owner, recipient] = members;
    const { imageId } = await anImageOf(owner, region);
    const dryRun = 'true';
    const shares = () => owner.ok(listImageShares, { region, imageId });

    expect(await owner.try(shareImage, { region, imageId, recipients: [recipient.account], dryRun })).toMatchObject({
      status: 200,
      text: '{"dryRun":true,"allowed":true}',
    });
    expect(await shares()).toMatchObject({ used: 0 });
    await share(owner, { region, imageId }, [recipient.account]);
    expect(await owner.try(cancelImageShares, { region, imageId, all: true, dryRun })).toMatchObject({ status: 200 });
    expect(await shares()).toMatchObject({ used: 1 });
    const before = await owner.ok(listImages, { region, limit: 100 });
    expect(await owner.try(importImage, { region, name: 'a', sizeGiB: 1, dryRun })).toMatchObject({ status: 200 });
    expect(await owner.ok(listImages, { region, limit: 100 })).toEqual(before);
  });

  it('meets the refusal that the call would meet', async () => {
    const [owner] = members;
    const { imageId } = await anImageOf(owner, region);
    const fields = { region, imageId, recipients: [freshId('nobody')] };
    const { requestId: _, ...refusal } = await owner.refused(shareImage, fields);

    expect(await owner.refused(shareImage, { ...fields, dryRun: 'true' })).toMatchObject(refusal);
  });
});
