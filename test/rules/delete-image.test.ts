import type { CopyJobId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import { planDelete, whyNotDeletable } from '../../lib/rules/delete-image.ts';
import {
  anImageIn,
  aStamp,
  fixtureOf,
  noon,
  noonSeconds,
  policyFixtures,
  principal,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];
const refusingFixtures = policyFixtures.filter(({ policy }) => policy.deleteWhileShared === 'refuse');
const ucloud = fixtureOf('ucloud');

describe('whyNotDeletable', () => {
  it.each([
    ['tencent', 'delete.guard'],
    ['alibaba', 'delete.guard'],
    ['ucloud', undefined],
  ])('returns for a shared image under %s the rule %s', (name, rule) => {
    const fixture = fixtureOf(name);

    expect(whyNotDeletable(anImageIn(fixture, { recipients: sharedWith([h01]) }), fixture.policy, noon)?.details.rule).toBe(rule);
  });

  it.each(policyFixtures)('allows deletion under $name when all shares have expired', (fixture) => {
    expect(whyNotDeletable(anImageIn(fixture, { recipients: { [h01]: noonSeconds } }), fixture.policy, noon)).toBeUndefined();
  });

  it.each(refusingFixtures)('lists the remaining recipients under $name', (fixture) => {
    const image = anImageIn(fixture, { recipients: { [h01]: noonSeconds + 1, [h02]: noonSeconds } });

    expect(whyNotDeletable(image, fixture.policy, noon)).toMatchObject({
      code: 'ImageShared',
      details: { recipients: [h01], used: 1 },
    });
  });
});

describe('planDelete', () => {
  it.each(policyFixtures)('deletes an image under $name, decrements the count, and records it', (fixture) => {
    const { steps } = planDelete(anImageIn(fixture), { policy: fixture.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ do: 'change-image', change: { details: { state: 'deleted' }, deletedAt: noon } });
    expect(steps).toContainEqual({
      do: 'count',
      what: 'images',
      region: fixture.region,
      principal: fixture.principalOf('owner'),
      by: -1,
    });
    expect(steps).toContainEqual(expect.objectContaining({ record: expect.objectContaining({ action: 'DeleteImage' }) }));
  });

  it.each(policyFixtures)('also deletes the planned shares under $name', (fixture) => {
    const plannedShares = { job: { region: fixture.region, jobId: 'copy-1' as CopyJobId }, recipients: [h01] };
    const changeOf = (image: Image) => planDelete(image, { policy: fixture.policy, stamp: aStamp() }).steps[0];

    expect(changeOf(anImageIn(fixture, { plannedShares }))).toHaveProperty('change.plannedShares', null);
    expect(changeOf(anImageIn(fixture))).not.toHaveProperty('change.plannedShares');
  });

  it.each(refusingFixtures)('refuses a shared image under $name', (fixture) => {
    const image = anImageIn(fixture, { recipients: sharedWith([h01]) });

    expect(thrownBy(() => planDelete(image, { policy: fixture.policy, stamp: aStamp() }))).toMatchObject({ code: 'ImageShared' });
  });

  it.each(refusingFixtures)('requires under $name that no recipient was added concurrently', (fixture) => {
    const recipients = { [h01]: noonSeconds };
    const { steps } = planDelete(anImageIn(fixture, { recipients }), { policy: fixture.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { exactly: recipients } });
  });

  it.each(refusingFixtures)('leaves nothing to the clean-up under $name', (fixture) => {
    const { steps } = planDelete(anImageIn(fixture), { policy: fixture.policy, stamp: aStamp() });

    expect(steps.map((step) => step.do)).toEqual(['change-image', 'put-record', 'count']);
  });

  it.each(refusingFixtures)('removes expired shares under $name, and records that they expired', (fixture) => {
    const { steps } = planDelete(anImageIn(fixture, { recipients: { [h01]: noonSeconds } }), {
      policy: fixture.policy,
      stamp: aStamp(),
    });

    expect(steps).toContainEqual(expect.objectContaining({ do: 'remove-share', recipient: h01 }));
    expect(steps).toContainEqual(
      expect.objectContaining({ record: expect.objectContaining({ action: 'ExpireImageShares', recipients: [h01] }) }),
    );
  });

  it('deletes a shared image under UCloud even if recipients are added concurrently, and leaves its items to the clean-up', () => {
    const image = anImageIn(ucloud, { recipients: sharedWith([h01, h02]) });
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
