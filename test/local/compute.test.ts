import { getImage } from '../../functions/get-image.ts';
import { computePlatform } from '../../local/compute.ts';
import { freshMember } from '../support/api.ts';
import { anImageOf, eventually } from '../support/client.ts';
import { issuer, origin } from '../support/service.ts';

const region = 'ap-guangzhou';

describe('computePlatform', () => {
  it('reports an image available after the event of its creation, and no other image', async () => {
    const owner = await freshMember();
    const told = await anImageOf(owner, region, { state: 'pending' });
    const untold = await anImageOf(owner, region, { state: 'pending' });
    const take = computePlatform(origin(), issuer());

    take(JSON.stringify({ event: 'ImageUpdated', region, imageId: untold.imageId }));
    take(JSON.stringify({ event: 'ImageCopied', region, imageId: told.imageId }));
    await eventually(
      () => owner.ok(getImage, { region, imageId: told.imageId }),
      ({ state }) => state === 'available',
    );

    expect(await owner.ok(getImage, { region, imageId: untold.imageId })).toMatchObject({ state: 'pending' });
  });
});
