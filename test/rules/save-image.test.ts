import type { Image } from '../../lib/model/image.ts';
import { planSave, whyNotSavable } from '../../lib/rules/save-image.ts';
import {
  anImageIn,
  aPublicImageIn,
  aStamp,
  imageId,
  noon,
  noonSeconds,
  policyFixtures,
  refusalFields,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

describe.each(policyFixtures)('planSave under $name', (fixture) => {
  const { policy, region } = fixture;
  const [owner, friend, guest] = [fixture.principalOf('owner'), fixture.principalOf('friend'), fixture.principalOf('guest')];
  const image = anImageIn(fixture, {
    recipients: sharedWith([friend, guest]),
    description: 'd',
    tags: { a: 'b' },
    product: 'lightweight',
    products: ['lightweight', 'standard'],
    disksGiB: [20, 40],
    encryption: 'customer',
  });
  const save = (
    target: Image | undefined = image,
    principal = friend,
    parts: { details?: Parameters<typeof planSave>[2]['details']; used?: number } = {},
  ) =>
    planSave(
      image,
      { image: target, principal },
      { details: {}, imageId: imageId('saved'), policy, used: 0, stamp: aStamp(), ...parts },
    );

  it('creates an image that the recipient owns, in the same region, without shares, in state copying', () => {
    expect(save().result).toMatchObject({
      region,
      imageId: 'saved',
      owner: friend,
      state: 'copying',
      recipients: {},
      revision: 1,
    });
  });

  it('copies everything else', () => {
    const { name, description, tags, os, architecture, product, products, encryption } = image;

    expect(save().result).toMatchObject({ name, description, tags, os, architecture, product, products, encryption });
  });

  it('uses the name, description, and tags of the request', () => {
    for (const details of [
      { name: 'mine' },
      { description: 'saved' },
      { description: '', tags: {} },
      { tags: { stage: 'test' } },
    ]) {
      expect(save(image, friend, { details }).result).toMatchObject({
        name: 'web',
        description: 'd',
        tags: image.tags,
        ...details,
      });
    }
  });

  it('contains the disks that the policy shares', () => {
    expect(save().result.disksGiB).toEqual(policy.dataDisksWhenShared === 'system-disk' ? [20] : [20, 40]);
  });

  it("counts toward the recipient's quota, and records the source image only for the recipient", () => {
    const { steps } = save();

    expect(steps).toContainEqual(
      expect.objectContaining({ do: 'count', what: 'images', principal: friend, by: 1, atMost: policy.imagesPerPrincipalMax }),
    );
    expect(steps.filter((step) => step.do === 'put-record')).toMatchObject([
      { record: { action: 'SaveSharedImage', principal: friend, source: { region, imageId: image.imageId } } },
    ]);
  });

  it('saves a deprecated image', () => {
    expect(save({ ...image, state: 'deprecated' }).result.state).toBe('copying');
  });

  it.each(['pending', 'copying', 'failed'] as const)('refuses a %s image with ImageNotUsable', (state) => {
    expect(thrownBy(() => save({ ...image, state }))).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'received.use' },
    });
  });

  it('refuses the owner, who can copy instead, with ImageNotUsable', () => {
    expect(thrownBy(() => save(image, owner))).toMatchObject({ code: 'ImageNotUsable', details: { rule: 'received.save' } });
  });

  it('refuses a public image with ImageNotUsable', () => {
    expect(thrownBy(() => save(aPublicImageIn(fixture)))).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'received.save' },
    });
  });

  it('refuses everyone without a live share exactly as for an image that never existed', () => {
    const notFound = refusalFields(
      thrownBy(() =>
        planSave(
          image,
          { image: undefined, principal: friend },
          { details: {}, imageId: imageId('saved'), policy, used: 0, stamp: aStamp() },
        ),
      ),
    );
    const expired = { ...image, recipients: { [friend]: noonSeconds } };

    expect(notFound).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
    expect(refusalFields(thrownBy(() => save({ ...image, recipients: {} })))).toEqual(notFound);
    expect(refusalFields(thrownBy(() => save(expired)))).toEqual(notFound);
    expect(refusalFields(thrownBy(() => save({ ...image, state: 'deleted', deletedAt: noon })))).toEqual(notFound);
  });

  it('refuses an image beyond the quota with ImageQuotaExceeded', () => {
    expect(thrownBy(() => save(image, friend, { used: policy.imagesPerPrincipalMax }))).toMatchObject({
      code: 'ImageQuotaExceeded',
      details: { rule: 'quota.images' },
    });
    expect(save(image, friend, { used: policy.imagesPerPrincipalMax - 1 }).steps).not.toEqual([]);
  });

  it('is refused if the policy does not allow saving', () => {
    expect(whyNotSavable(image, 'shared', { ...policy, recipientMaySave: false })).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'received.save' },
    });
    expect(whyNotSavable(image, 'shared', policy)).toBeUndefined();
  });
});
