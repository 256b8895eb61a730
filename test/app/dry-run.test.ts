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
import { anImageIn, imageId, policyFixtures, refusalFields, sharedWith } from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('a dry run under $name', (fixture) => {
  const { region } = fixture;
  const friend = fixture.principalOf('friend');
  const shared = anImageIn(fixture, { recipients: sharedWith([friend]) });
  const key = { region, imageId: shared.imageId };
  const dryRun = { isDryRun: true };
  const aService = async () =>
    (await new InMemoryService().createAccounts('owner', 'friend', 'guest')).putImages(
      shared,
      anImageIn(fixture, { imageId: imageId('alone') }),
      anImageIn(fixture, { imageId: imageId('pending'), state: 'pending' }),
    );

  it('of shareImage writes nothing', async () => {
    const service = await aService();
    const before = await service.contentsAndRecords();
    await service.call(shareImage, { ...key, recipients: [fixture.principalOf('guest')], acknowledgeRisk: true }, dryRun);

    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it.each([
    ['cancelImageShares', cancelImageShares, { ...key, all: 'true' }],
    ['copyImage', copyImage, { ...key, destinationRegion: fixture.otherRegion }],
    ['deleteImage', deleteImage, { region, imageId: 'alone' }],
    ['importImage', importImage, { region, name: 'x', sizeGiB: 1 }],
    ['updateImage', updateImage, { ...key, name: 'new' }],
    ['putAccount', putAccount, { accountId: 'new', name: 'New' }],
    ['putProject', putProject, { accountId: 'owner', projectId: 'org-new', name: 'New' }],
    ['closeProject', closeProject, { accountId: 'guest', projectId: 'org-guest' }],
    ['reportImageState', reportImageState, { region, imageId: 'pending', state: 'available' }],
  ] as const)('of %s writes nothing', async (_, action, fields) => {
    const service = await aService();
    const before = await service.contentsAndRecords();
    await service.call(action as typeof updateImage, fields, dryRun);

    expect(await service.contentsAndRecords()).toEqual(before);
  });

  it.each([
    ['shareImage', shareImage, { ...key, recipients: ['nobody'], acknowledgeRisk: true }, 'owner'],
    ['cancelImageShares', cancelImageShares, { ...key, all: 'true' }, 'friend'],
    ['copyImage', copyImage, { ...key, destinationRegion: fixture.otherRegion }, 'friend'],
    ['deleteImage', deleteImage, key, 'friend'],
    ['updateImage', updateImage, { ...key, name: 'new' }, 'friend'],
    ['closeAccount', closeAccount, { accountId: 'guest' }, 'operator'],
    ['reportImageState', reportImageState, { ...key, state: 'failed' }, 'platform'],
  ] as const)('of %s is refused like the call itself', async (_, action, fields, as) => {
    const service = await aService();
    const dryRunRefusal = await service.refusalOf(action as typeof updateImage, fields, { as, ...dryRun });

    expect(refusalFields(dryRunRefusal)).toEqual(
      refusalFields(await service.refusalOf(action as typeof updateImage, fields, { as })),
    );
  });

  it('reserves nothing under its Idempotency-Key', async () => {
    const service = await aService();
    await service.call(updateImage, { ...key, name: 'dry' }, { ...dryRun, key: 'key-1' });

    expect(await service.call(updateImage, { ...key, name: 'new' }, { key: 'key-1' })).toMatchObject({ name: 'new' });
  });

  it('does not guarantee success if something changes in between', async () => {
    const service = await aService();
    const share = { ...key, recipients: [fixture.principalOf('guest')], acknowledgeRisk: true };
    await service.call(shareImage, share, dryRun);
    await service.close('guest');

    await expect(service.call(shareImage, share)).rejects.toMatchObject({ code: 'RecipientNotFound' });
  });

  it.each([
    ['importImage', importImage, { region, name: 'x', sizeGiB: 1 }],
    ['copyImage', copyImage, { ...key, destinationRegion: region }],
  ])('of %s checks the quota', async (_, action, fields) => {
    const service = await aService();
    const quota = { what: 'images', region, principal: fixture.principalOf('owner') } as const;
    const seenChanges = (await service.store.read({ counts: [quota] })).counts.get(countName(quota))?.changes ?? 0;
    await service.commit([{ do: 'correct-count', ...quota, seenChanges, used: fixture.policy.imagesPerPrincipalMax }]);

    await expect(service.call(action as typeof importImage, fields, dryRun)).rejects.toMatchObject({
      code: 'ImageQuotaExceeded',
    });
  });

  it('with an Idempotency-Key used for another request is refused like the call itself', async () => {
    const service = await aService();
    await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, { key: 'used' });

    await expect(service.call(importImage, { region, name: 'y', sizeGiB: 1 }, { ...dryRun, key: 'used' })).rejects.toMatchObject({
      code: 'IdempotencyKeyReused',
    });
    await service.call(importImage, { region, name: 'x', sizeGiB: 1 }, { ...dryRun, key: 'used' });
  });
});
