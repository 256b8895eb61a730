import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { freshMember } from '../support/api.ts';
import { inBatches, tally, testRegions } from '../support/client.ts';

describe('concurrent imports', () => {
  const { region } = testRegions.find(({ policy }) => policy.imagesPerPrincipalMax === 100) as (typeof testRegions)[number];

  it('fill the quota of 100 images exactly: 5 of 20 succeed after 95', async () => {
    const principal = await freshMember();
    const importOne = () => principal.try(importImage, { region, name: 'web', sizeGiB: 1 });
    await inBatches(Array.from({ length: 95 }), importOne);

    const responses = await Promise.all(Array.from({ length: 20 }, importOne));

    expect(tally(responses)).toEqual({ 201: 5, '409 ImageQuotaExceeded': 15 });
    const { images } = await principal.ok(listImages, { region, scope: 'owned', limit: 100 });
    expect(images).toHaveLength(100);
    expect((await importOne()).body).toMatchObject({ rule: 'quota.images', cap: 100, used: 100, remaining: 0 });
    await principal.ok(deleteImage, { region, imageId: images[0]?.imageId });
    expect(tally(await Promise.all([importOne(), importOne(), importOne()]))).toEqual({ 201: 1, '409 ImageQuotaExceeded': 2 });
  });
});
