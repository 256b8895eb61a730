import type { Image } from '../../lib/model/image.ts';
import { planDeletePublicImage, planPublicImage } from '../../lib/rules/public-images.ts';
import { anImageIn, aPublicImageIn, aStamp, noon, policyFixtures, refusalFields, thrownBy } from '../support/builders.ts';

describe.each(policyFixtures)('under $name', (fixture) => {
  const facts = { policy: fixture.policy, stamp: aStamp({ actor: 'operator' }) };
  const image = aPublicImageIn(fixture);
  const key = { region: fixture.region, imageId: image.imageId };
  const deletedImage: Image = { ...image, state: 'deleted', deletedAt: noon };

  describe('planPublicImage', () => {
    const { name, description, tags, os, architecture, product, products, disksGiB, encryption } = image;
    const request = { name, description, tags, os, architecture, product, products, disksGiB, encryption, deprecated: false };
    const put = (parts: Partial<typeof request> = {}, current?: Image) =>
      planPublicImage(key, { ...request, ...parts }, current, facts);

    it('creates an image without an owner or quota, and records it', () => {
      const { steps, result } = put();

      expect(result).toEqual({ ...image, lastRecordId: facts.stamp.recordId });
      expect(steps).toEqual([
        { do: 'create-image', image: result },
        {
          do: 'put-record',
          record: expect.objectContaining({ action: 'PutPublicImage', actor: 'operator', principal: 'public', ...key }),
        },
      ]);
    });

    it('creates a deprecated image', () => {
      expect(put({ deprecated: true }).result.state).toBe('deprecated');
    });

    it('updates name, description, tags, and deprecation of an existing image, and records it', () => {
      const changes = { name: 'new', description: 'new', tags: { a: 'b' } };
      const { steps, result } = put({ ...changes, deprecated: true }, image);

      expect(result).toEqual({ ...image, ...changes, state: 'deprecated', detailsRevision: 2 });
      expect(steps).toMatchObject([
        { do: 'change-image', change: { details: { ...changes, state: 'deprecated' } } },
        { do: 'put-record', record: { action: 'PutPublicImage', actor: 'operator' } },
      ]);
    });

    it('makes a deprecated image available again', () => {
      expect(put({}, { ...image, state: 'deprecated' }).result.state).toBe('available');
    });

    it('does nothing when nothing changes', () => {
      expect(put({}, image)).toEqual({ steps: [], result: image });
    });

    it.each([
      ['sizeGiB', { disksGiB: [21] }],
      ['os', { os: 'Rocky' }],
      ['architecture', { architecture: 'arm64' }],
      ['product', { product: 'lightweight', products: ['lightweight'] }],
    ] as const)('refuses to change %s of an existing image with InvalidRequest', (field, parts) => {
      expect(thrownBy(() => put({ ...parts } as Partial<typeof request>, image))).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: field }] },
      });
    });

    it.each([
      ["of a principal's image", anImageIn(fixture, { imageId: image.imageId })],
      ['of a deleted public image', deletedImage],
    ])('refuses the id %s with ImageNotUsable', (_, current) => {
      expect(thrownBy(() => put({}, current))).toMatchObject({ code: 'ImageNotUsable' });
    });
  });

  describe('planDeletePublicImage', () => {
    it('deletes the image and records it, without changing a count', () => {
      expect(planDeletePublicImage(key, image, facts).steps).toMatchObject([
        { do: 'change-image', change: { details: { state: 'deleted' }, deletedAt: noon }, records: { count: 1 } },
        { do: 'put-record', record: { action: 'DeletePublicImage', actor: 'operator' } },
      ]);
    });

    it("refuses missing, deleted, and principals' images identically", () => {
      const refusals = [undefined, deletedImage, anImageIn(fixture, { imageId: image.imageId })].map((current) =>
        refusalFields(thrownBy(() => planDeletePublicImage(key, current, facts))),
      );

      expect(refusals[0]).toMatchObject({ code: 'ImageNotFound' });
      expect(refusals).toEqual([refusals[0], refusals[0], refusals[0]]);
    });
  });
});
