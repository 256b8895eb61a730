import { matchesRecipient, planStop, recipientViews } from '../../lib/rules/owned-shares.ts';
import { anImage, aStamp, fixtureOf, imageId, noon, principal, region, sharedWith } from '../support/builders.ts';

const [h01, h02, h03] = [principal('h01'), principal('h02'), principal('h03')];

describe('recipientViews', () => {
  it('lists recipients and their regions in order, however the images are', () => {
    const images = [
      anImage({ region: region('there'), recipients: sharedWith([h03, h01]) }),
      anImage({ region: region('here'), recipients: sharedWith([h02, h03]) }),
    ];

    expect(recipientViews(images, noon)).toEqual([
      { recipient: h01, shareCount: 1, regions: ['there'] },
      { recipient: h02, shareCount: 1, regions: ['here'] },
      { recipient: h03, shareCount: 2, regions: ['here', 'there'] },
    ]);
    expect(recipientViews(images.toReversed(), noon)).toEqual(recipientViews(images, noon));
  });
});

describe('matchesRecipient', () => {
  it('finds a recipient without an address book entry by its ID only', () => {
    const view = { recipient: h01, shareCount: 1, regions: [] };

    expect(matchesRecipient(view, { search: 'H01' })).toBe(true);
    expect(matchesRecipient(view, { search: 'here' })).toBe(false);
  });
});

describe('planStop', () => {
  const fixture = fixtureOf('tencent');
  const image = anImage({ imageId: imageId('img-1'), region: fixture.region, recipients: sharedWith([h01, h02]) });
  const facts = { policy: fixture.policy, stamp: aStamp() };

  it('stops sharing for the owner, and does nothing for others or with others', () => {
    expect(planStop(h01, image, { ...facts, principal: image.owner })).toMatchObject({ result: true, steps: { length: 3 } });
    expect(planStop(h03, image, { ...facts, principal: image.owner })).toEqual({ result: false, steps: [] });
    expect(planStop(h01, image, { ...facts, principal: h02 })).toEqual({ result: false, steps: [] });
    expect(planStop(h01, undefined, { ...facts, principal: image.owner })).toEqual({ result: false, steps: [] });
  });
});
