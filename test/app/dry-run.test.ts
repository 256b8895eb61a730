import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putProject } from '../../functions/put-project.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { countName } from '../../lib/table/store.ts';
import { anImageIn, heldBy, imageId, places, problem } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(places)('a dry run under $name', (place) => {
  const { region } = place;
  const friend = place.principalOf('friend');
  const shared = anImageIn(place, { recipients: heldBy([friend]) });
  const at = { region, imageId: shared.imageId };
  const dry = { isDryRun: true };
  const aService = async () =>
    (await new InMemoryService().know('owner', 'friend', 'guest')).put(
      shared,
      anImageIn(place, { imageId: imageId('alone') }),
      anImageIn(place, { imageId: imageId('pending'), state: 'pending' }),
    );

  it('of shareImage writes nothing', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();
    await service.call(shareImage, { ...at, recipients: [place.principalOf('guest')], acknowledgeRisk: true }, dry);

    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it.each([
    ['cancelImageShares', cancelImageShares, { ...at, all: 'true' }],
    ['copyImage', copyImage, { ...at, destinationRegion: place.elsewhere }],
    ['deleteImage', deleteImage, { region, imageId: 'alone' }],
    ['importImage', importImage, { region, name: 'x', sizeGiB: 1 }],
    ['updateImage', updateImage, { ...at, name: 'new' }],
    ['putAccount', putAccount, { accountId: 'new', name: 'New' }],
    ['putProject', putProject, { accountId: 'owner', projectId: 'org-new', name: 'New' }],
    ['closeProject', closeProject, { accountId: 'guest', projectId: 'org-guest' }],
    ['reportImageState', reportImageState, { region, imageId: 'pending', state: 'available' }],
  ] as const)('of %s writes nothing', async (_, action, fields) => {
    const service = await aService();
    const before = await service.contentsAndRecords();
    await service.call(action as typeof updateImage, fields, dry);

    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it.each([
    ['shareImage', shareImage, { ...at, recipients: ['nobody'], acknowledgeRisk: true }, 'owner'],
    ['cancelImageShares', cancelImageShares, { ...at, all: 'true' }, 'friend'],
    ['copyImage', copyImage, { ...at, destinationRegion: place.elsewhere }, 'friend'],
    ['deleteImage', deleteImage, at, 'friend'],
    ['updateImage', updateImage, { ...at, name: 'new' }, 'friend'],
    ['closeAccount', closeAccount, { accountId: 'guest' }, 'operator'],
    ['reportImageState', reportImageState, { ...at, state: 'failed' }, 'platform'],
  ] as const)('of %s is refused like the call itself', async (_, action, fields, as) => {
    const service = await aService();
    const forecast = await service.refusalOf(action as typeof updateImage, fields, { as, ...dry });

    expect(problem(forecast)).toEqual(problem(await service.refusalOf(action as typeof updateImage, fields, { as })));
  });

  it('reserves nothing under its Idempotency-Key', async () => {
    const service = await aService();
    await service.call(updateImage, { ...at, name: 'dry' }, { ...dry, key: 'key-1' });

    expect(await service.call(updateImage, { ...at, name: 'new' }, { key: 'key-1' })).toMatchObject({ name: 'new' });
  });

  it('does not guarantee success if something changes in between', async () => {
    const service = await aService();
    const share = { ...at, recipients: [place.principalOf('guest')], acknowledgeRisk: true };
    await service.call(shareImage, share, dry);
    await service.close('guest');

    await expect(service.call(shareImage, share)).rejects.toMatchObject({ code: 'RecipientNotFound' });
  });

  it.each([
    ['importImage', importImage, { region, name: 'x', sizeGiB: 1 }],
    ['copyImage', copyImage, { ...at, destinationRegion: region }],
  ])('of %s checks the quota', async (_, action, fields) => {
    const service = await aService();
    const quota = { what: 'images', region, principal: place.principalOf('owner') } as const;
    const seenChanges = (await service.store.read({ counts: [quota] })).counts.get(countName(quota))?.changes ?? 0;
    await service.commit([{ do: 'correct-count', ...quota, seenChanges, used: place.policy.imagesPerPrincipalMax }]);

    await expect(service.call(action as typeof importImage, fields, dry)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
  });

  it('with an Idempotency-Key used for another request is refused like the call itself', async () => {
    const service = await aService();
    await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, { key: 'used' });

    await expect(service.call(importImage, { region, name: 'y', sizeGiB: 1 }, { ...dry, key: 'used' })).rejects.toMatchObject({
      code: 'IdempotencyKeyReused',
    });
    await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, { ...dry, key: 'used' });
  });
});
