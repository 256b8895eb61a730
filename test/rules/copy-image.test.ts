import type { Image } from '../../lib/model/image.ts';
import { planCopy } from '../../lib/rules/copy-image.ts';
import {
  anImageIn,
  aStamp,
  fixtureOf,
  imageId,
  type PolicyFixture,
  policyFixtures,
  principal,
  region,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

type Facts = Parameters<typeof planCopy>[1];

/** The facts for a copy to the policy's other region, by the image's owner. */
const factsWith = (fixture: PolicyFixture, parts: Partial<Facts> = {}): Facts => ({
  destination: { region: fixture.otherRegion, policy: fixture.policy },
  policy: fixture.policy,
  name: 'copy',
  description: '',
  tags: {},
  imageId: imageId('copy-1'),
  owner: fixture.principalOf('owner'),
  ownerIsOwn: true,
  used: 0,
  stamp: aStamp(),
  ...parts,
});

describe.each(policyFixtures)('planCopy under $name', (fixture) => {
  const copy = (image: Partial<Image> = {}, parts: Partial<Facts> = {}) =>
    planCopy(anImageIn(fixture, image), factsWith(fixture, parts));

  it('creates an image without shares, in state copying, in the destination', () => {
    expect(copy({ recipients: sharedWith([principal('h01')]) }).result).toMatchObject({
      region: fixture.otherRegion,
      imageId: 'copy-1',
      name: 'copy',
      state: 'copying',
      recipients: {},
    });
  });

  it('copies everything else', () => {
    const same = { os: 'o', disksGiB: [1, 2], encryption: 'customer' } as const;

    expect(copy(same).result).toMatchObject(same);
  });

  it('copies the product and the additional products', () => {
    const products = { product: 'lightweight', products: ['lightweight', 'standard'] } as const;

    expect(copy(products).result).toMatchObject(products);
  });

  it('records the source image', () => {
    const { region: from, imageId: source } = anImageIn(fixture);

    expect(copy().steps).toContainEqual(
      expect.objectContaining({
        record: expect.objectContaining({ action: 'CopyImage', source: { region: from, imageId: source } }),
      }),
    );
  });

  it('copies a deprecated image', () => {
    expect(copy({ state: 'deprecated' }).result.state).toBe('copying');
  });

  it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', (state) => {
    expect(thrownBy(() => copy({ state }))).toMatchObject({ code: 'ImageNotUsable', details: { rule: 'owner.copies' } });
  });

  it('refuses a region of another policy with InvalidRequest', () => {
    const other = fixtureOf(fixture.name === 'tencent' ? 'alibaba' : 'tencent');

    expect(thrownBy(() => copy({}, { destination: { region: region('other'), policy: other.policy } }))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'destinationRegion' }] },
    });
  });

  it('refuses a full quota in the destination with ImageQuotaExceeded', () => {
    expect(thrownBy(() => copy({}, { used: fixture.policy.imagesPerPrincipalMax }))).toMatchObject({
      code: 'ImageQuotaExceeded',
    });
  });
});

describe('planCopy for another principal', () => {
  const copyFor = (policyName: string, ownerIsOwn: boolean) => {
    const fixture = fixtureOf(policyName);
    return planCopy(anImageIn(fixture), factsWith(fixture, { owner: principal('org-other'), ownerIsOwn }));
  };

  it.each(['tencent', 'alibaba'])('is refused under %s, where accounts own images', (name) => {
    expect(thrownBy(() => copyFor(name, true))).toMatchObject({
      code: 'InvalidRequest',
      details: { detail: expect.stringMatching(/^project: region .*[^.]\.$/), offenders: [{ id: 'project' }] },
    });
  });

  it('assigns the copy to another project of the same account under UCloud', () => {
    expect(copyFor('ucloud', true).result.owner).toBe('org-other');
  });

  it("refuses another account's project with ProjectNotFound under UCloud", () => {
    expect(thrownBy(() => copyFor('ucloud', false))).toMatchObject({ code: 'ProjectNotFound' });
  });
});
