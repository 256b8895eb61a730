import { getImage } from '../../functions/get-image.ts';
import { computePlatform } from '../../local/compute.ts';
import { freshMember } from '../support/api.ts';
import { anImageOf, eventually } from '../support/client.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('computePlatform', () => {
  it('reports an image as available after its creation event, but not after other events', async () => {
    const owner = await freshMember();
    const created = await anImageOf(owner, region, { state: 'pending' });
    const updated = await anImageOf(owner, region, { state: 'pending' });
    const handleEvent = computePlatform(origin(), issuer());

    // In this order: all reports have the same delay, so one of `updated` would come before that of `created`.
    handleEvent(JSON.stringify({ event: 'ImageUpdated', region, imageId: updated.imageId }));
    handleEvent(JSON.stringify({ event: 'ImageCopied', region, imageId: created.imageId }));
    await eventually(
      () => owner.ok(getImage, { region, imageId: created.imageId }),
      ({ state }) => state === 'available',
    );

    expect(await owner.ok(getImage, { region, imageId: updated.imageId })).toMatchObject({ state: 'pending' });
  });
});
