import type { Image } from '../../lib/model/image.ts';
import { planPublicImage, planPublicImageEnd } from '../../lib/rules/public-images.ts';
import { anImageIn, aPublicImageIn, aStamp, noon, places, problem, thrownBy } from '../support/builders.ts';

describe.each(places)('under $name', (place) => {
  const facts = { policy: place.policy, stamp: aStamp({ actor: 'operator' }) };
  const image = aPublicImageIn(place);
  const key = { region: place.region, imageId: image.imageId };
  const ended: Image = { ...image, state: 'deleted', deletedAt: noon };

  describe('planPublicImage', () => {
    const { name, description, tags, os, architecture, product, products, disksGiB, encryption } = image;
    const wanted = { name, description, tags, os, architecture, product, products, disksGiB, encryption, deprecated: false };
    const put = (parts: Partial<typeof wanted> = {}, found?: Image) =>
      planPublicImage(key, { ...wanted, ...parts }, found, facts);

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
      expect(thrownBy(() => put({ ...parts } as Partial<typeof wanted>, image))).toMatchObject({
        code: 'InvalidRequest',
        details: { offenders: [{ id: field }] },
      });
    });

    it.each([
      ["of a principal's image", anImageIn(place, { imageId: image.imageId })],
      ['of a deleted public image', ended],
    ])('refuses the id %s with ImageNotUsable', (_, found) => {
      expect(thrownBy(() => put({}, found))).toMatchObject({ code: 'ImageNotUsable' });
    });
  });

  describe('planPublicImageEnd', () => {
    it('deletes the image and records it, without changing a count', () => {
      expect(planPublicImageEnd(key, image, facts).steps).toMatchObject([
        { do: 'change-image', change: { details: { state: 'deleted' }, deletedAt: noon }, records: { count: 1 } },
        { do: 'put-record', record: { action: 'DeletePublicImage', actor: 'operator' } },
      ]);
    });

    it("refuses missing, deleted, and principals' images identically", () => {
      const refused = [undefined, ended, anImageIn(place, { imageId: image.imageId })].map((found) =>
        problem(thrownBy(() => planPublicImageEnd(key, found, facts))),
      );

      expect(refused[0]).toMatchObject({ code: 'ImageNotFound' });
      expect(refused).toEqual([refused[0], refused[0], refused[0]]);
    });
  });
});
