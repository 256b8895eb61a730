import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { contextOf } from '../../lib/app/context.ts';
import { readImagesById } from '../../lib/app/images-by-id.ts';
import type { ImageId } from '../../lib/model/ids.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import type { ShareKey, Wanted } from '../../lib/table/store.ts';
import { aPublicImageIn, policyFixtures, principal } from '../support/builders.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

class RecordingStore extends MemoryStore {
  reads: string[] = [];

  override read(wanted: Wanted) {
    this.reads.push('facts');
    return super.read(wanted);
  }

  override shares(keys: readonly ShareKey[]) {
    this.reads.push('shares');
    return super.shares(keys);
  }
}

describe.each(policyFixtures)('images by ID under $name', (fixture) => {
  const { region, principalOf } = fixture;

  it('are those that GetImage returns, in the order of the IDs, in one read of images and one of shares', async () => {
    const store = new RecordingStore();
    const service = await new InMemoryService(store).createAccounts('owner', 'friend');
    const anImage = async (name: string, as = 'owner') =>
      (await service.call(importImage, { region, name, sizeGiB: 20 }, { as })) as ImageView;
    const share = (image: ImageView, more: object = {}) =>
      service.call(shareImage, { ...image, recipients: [principalOf('friend')], acknowledgeRisk: true, ...more });
    const [shared, expired, unshared] = [await anImage('shared'), await anImage('expired'), await anImage('unshared')];
    const [own, deleted] = [await anImage('own', 'friend'), await anImage('deleted', 'friend')];
    const publicImage = aPublicImageIn(fixture);
    await service.putPublicImages(publicImage);
    await share(expired, { expiresAt: '2026-11-22T12:30:00Z' });
    service.passSeconds(1_800);
    await share(shared);
    await service.call(deleteImage, deleted, { as: 'friend' });
    const ids = [unshared, own, expired, publicImage, deleted, shared].map(({ imageId }) => imageId);
    const imageIds = [...ids, 'img-nowhere'] as ImageId[];

    const context = contextOf(service, {
      action: 'GetImage',
      caller: { subject: 'friend', account: principal('friend'), scopes: new Set(['tenant']) },
      requestId: 'request-1',
      budget: noWaitBudget(),
    });
    store.reads = [];
    const found = await readImagesById({ region, imageIds }, context);

    expect(store.reads).toEqual(['facts', 'shares']);
    const each = await Promise.all(
      imageIds.map((imageId) => service.call(getImage, { region, imageId }, { as: 'friend' }).catch(() => undefined)),
    );
    expect(found).toEqual(each.filter((image) => image !== undefined));
    expect(found.map(({ imageId }) => imageId)).toEqual([own, publicImage, shared].map(({ imageId }) => imageId));
  });
});
