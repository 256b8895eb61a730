import { planDelete, whyNotDeletable } from '../../lib/rules/delete-image.ts';
import { anImageIn, aStamp, heldBy, noon, noonSeconds, placeOf, places, principal, thrownBy } from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];
const refusing = places.filter(({ policy }) => policy.deleteWhileShared === 'refuse');
const ucloud = placeOf('ucloud');

describe('whyNotDeletable', () => {
  it.each([
    ['tencent', 'delete.guard'],
    ['alibaba', 'delete.guard'],
    ['ucloud', undefined],
  ])('under %s answers a shared image with %s', (name, rule) => {
    const place = placeOf(name);

    expect(whyNotDeletable(anImageIn(place, { recipients: heldBy([h01]) }), place.policy, noon)?.details.rule).toBe(rule);
  });

  it.each(places)('is content under $name with an image whose shares have all ended', (place) => {
    expect(whyNotDeletable(anImageIn(place, { recipients: { [h01]: noonSeconds } }), place.policy, noon)).toBeUndefined();
  });

  it.each(refusing)('lists those who still hold the image under $name', (place) => {
    const image = anImageIn(place, { recipients: { [h01]: noonSeconds + 1, [h02]: noonSeconds } });

    expect(whyNotDeletable(image, place.policy, noon)).toMatchObject({
      code: 'ImageShared',
      details: { recipients: [h01], used: 1 },
    });
  });
});

describe('planDelete', () => {
  it.each(places)('ends an image under $name, uncounts it and leaves a record', (place) => {
    const { steps } = planDelete(anImageIn(place), { policy: place.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ do: 'change-image', change: { details: { state: 'deleted' }, deletedAt: noon } });
    expect(steps).toContainEqual({
      do: 'count',
      what: 'images',
      region: place.region,
      principal: place.principalOf('owner'),
      by: -1,
    });
    expect(steps).toContainEqual(expect.objectContaining({ record: expect.objectContaining({ action: 'DeleteImage' }) }));
  });

  it.each(refusing)('throws the refusal under $name while somebody holds the image', (place) => {
    const image = anImageIn(place, { recipients: heldBy([h01]) });

    expect(thrownBy(() => planDelete(image, { policy: place.policy, stamp: aStamp() }))).toMatchObject({ code: 'ImageShared' });
  });

  it.each(refusing)('holds under $name only while nobody was added', (place) => {
    const recipients = { [h01]: noonSeconds };
    const { steps } = planDelete(anImageIn(place, { recipients }), { policy: place.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { exactly: recipients } });
  });

  it.each(refusing)('takes what expired shares left with it under $name, and records that they expired', (place) => {
    const { steps } = planDelete(anImageIn(place, { recipients: { [h01]: noonSeconds } }), {
      policy: place.policy,
      stamp: aStamp(),
    });

    expect(steps).toContainEqual(expect.objectContaining({ do: 'remove-share', recipient: h01 }));
    expect(steps).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ action: 'ExpireImageShares', recipients: [h01] }) }),
    );
  });

  it('withdraws a shared image under ucloud whoever was added meanwhile, and leaves its items to the clean-up', () => {
    const image = anImageIn(ucloud, { recipients: heldBy([h01, h02]) });
    const { steps } = planDelete(image, { policy: ucloud.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: {} });
    expect(steps).toContainEqual({
      do: 'schedule-clean-up',
      task: expect.objectContaining({ kind: 'image', imageId: image.imageId, dueAt: noonSeconds }),
    });
    expect(steps).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ action: 'DeleteImage', recipients: [h01, h02] }) }),
    );
  });
});
