import { shareImage } from '../../functions/share-image.ts';
import { anImage, heldBy, holder, holders } from '../support/builders.ts';
import { TestWorld } from '../support/world.ts';

describe('shareImage', () => {
  const { region, imageId } = anImage();

  it('answers with the recipients named and the places left', async () => {
    const world = await new TestWorld().know('owner', 'h01', 'h02');
    await world.commit([{ do: 'create-image', image: anImage() }]);

    const answer = await world.call(shareImage, { region, imageId, recipients: [holder('h01'), holder('h02'), holder('h01')] });

    expect(answer).toMatchObject({ cap: 50, used: 2, remaining: 48, shares: [{ recipient: 'h01' }, { recipient: 'h02' }] });
  });

  it('refuses the 51st recipient with ShareCapExceeded and says what is left', async () => {
    const world = await new TestWorld().know('owner', 'late');
    await world.commit([{ do: 'create-image', image: anImage({ recipients: heldBy(holders(50)) }) }]);

    await expect(world.call(shareImage, { region, imageId, recipients: [holder('late')] })).rejects.toMatchObject({
      code: 'ShareCapExceeded',
      details: { rule: 'share.cap', cap: 50, used: 50, remaining: 0 },
    });
  });
});
