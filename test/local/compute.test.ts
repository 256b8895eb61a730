import { getImage } from '../../functions/get-image.ts';
import { computePlatform } from '../../local/compute.ts';
import { freshMember } from '../support/api.ts';
import { anImageOf, eventually } from '../support/client.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('computePlatform', () => {
  it('reports an image available after the event of its creation, and no other image', async () => {
    const owner = await freshMember();
    const reported = await anImageOf(owner, region, { state: 'pending' });
    const unreported = await anImageOf(owner, region, { state: 'pending' });
    const handleEvent = computePlatform(origin(), issuer());

    handleEvent(JSON.stringify({ event: 'ImageUpdated', region, imageId: unreported.imageId }));
    handleEvent(JSON.stringify({ event: 'ImageCopied', region, imageId: reported.imageId }));
    await eventually(
      () => owner.ok(getImage, { region, imageId: reported.imageId }),
      ({ state }) => state === 'available',
    );

    expect(await owner.ok(getImage, { region, imageId: unreported.imageId })).toMatchObject({ state: 'pending' });
  });
});
