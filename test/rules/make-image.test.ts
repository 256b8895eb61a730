import { type MakingFacts, planImage } from '../../lib/rules/make-image.ts';
import { anImageIn, aStamp, imageId, policyFixtures, thrownBy } from '../support/builders.ts';

describe.each(policyFixtures)('planImage under $name', (fixture) => {
  const owner = fixture.principalOf('owner');
  const factsWith = (used: number): MakingFacts => ({
    action: 'ImportImage',
    region: fixture.region,
    imageId: imageId('new'),
    owner,
    policy: fixture.policy,
    used,
    stamp: aStamp(),
  });
  const limit = fixture.policy.imagesPerPrincipalMax;

  it('creates an image without shares', () => {
    expect(planImage(anImageIn(fixture), factsWith(0)).result).toMatchObject({
      imageId: 'new',
      owner,
      recipients: {},
      revision: 1,
      detailsRevision: 1,
      lastRecordId: aStamp().recordId,
    });
  });

  it('counts the image, and requires that the count is below the limit and the owner open', () => {
    const { steps } = planImage(anImageIn(fixture), factsWith(0));

    expect(steps).toContainEqual({ do: 'count', what: 'images', region: fixture.region, principal: owner, by: 1, atMost: limit });
    expect(steps).toContainEqual({ do: 'require-open', principal: owner, kind: fixture.policy.principalKind });
  });

  it('creates the last image within the limit', () => {
    expect(planImage(anImageIn(fixture), factsWith(limit - 1)).steps).not.toEqual([]);
  });

  it('refuses an image beyond the limit with ImageQuotaExceeded', () => {
    expect(thrownBy(() => planImage(anImageIn(fixture), factsWith(limit)))).toMatchObject({
      code: 'ImageQuotaExceeded',
      details: { rule: 'quota.images', cap: limit, used: limit, remaining: 0 },
    });
  });
});
