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
  ])('returns for a shared image under %s the rule %s', (name, rule) => {
    const place = placeOf(name);

    expect(whyNotDeletable(anImageIn(place, { recipients: heldBy([h01]) }), place.policy, noon)?.details.rule).toBe(rule);
  });

  it.each(places)('allows deletion under $name when all shares have expired', (place) => {
    expect(whyNotDeletable(anImageIn(place, { recipients: { [h01]: noonSeconds } }), place.policy, noon)).toBeUndefined();
  });

  it.each(refusing)('lists the remaining recipients under $name', (place) => {
    const image = anImageIn(place, { recipients: { [h01]: noonSeconds + 1, [h02]: noonSeconds } });

    expect(whyNotDeletable(image, place.policy, noon)).toMatchObject({
      code: 'ImageShared',
      details: { recipients: [h01], used: 1 },
    });
  });
});

describe('planDelete', () => {
  it.each(places)('deletes an image under $name, decrements the count, and records it', (place) => {
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

  it.each(refusing)('refuses a shared image under $name', (place) => {
    const image = anImageIn(place, { recipients: heldBy([h01]) });

    expect(thrownBy(() => planDelete(image, { policy: place.policy, stamp: aStamp() }))).toMatchObject({ code: 'ImageShared' });
  });

  it.each(refusing)('requires under $name that no recipient was added concurrently', (place) => {
    const recipients = { [h01]: noonSeconds };
    const { steps } = planDelete(anImageIn(place, { recipients }), { policy: place.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { exactly: recipients } });
  });

  it.each(refusing)('removes expired shares under $name, and records that they expired', (place) => {
    const { steps } = planDelete(anImageIn(place, { recipients: { [h01]: noonSeconds } }), {
      policy: place.policy,
      stamp: aStamp(),
    });

    expect(steps).toContainEqual(expect.objectContaining({ do: 'remove-share', recipient: h01 }));
    expect(steps).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ action: 'ExpireImageShares', recipients: [h01] }) }),
    );
  });

  it('deletes a shared image under UCloud even if recipients are added concurrently, and leaves its items to the clean-up', () => {
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
