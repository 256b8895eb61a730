import { reportImageState } from '../../functions/report-image-state.ts';
import { anImageIn, imageId, policyFixtures } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const compute = { as: 'platform', scopes: ['compute'] } as const;

describe.each(policyFixtures)('reportImageState under $name', (fixture) => {
  const image = anImageIn(fixture, { state: 'pending' });
  const key = { region: image.region, imageId: image.imageId };
  const aService = async (store?: InterruptibleStore) =>
    (await new InMemoryService(store).createAccounts('owner')).putImages(image);

  it('makes a pending image available', async () => {
    const service = await aService();

    expect(await service.call(reportImageState, { ...key, state: 'available' }, compute)).toEqual({ ...key, state: 'available' });
    expect(await service.store.image(image)).toMatchObject({ state: 'available' });
  });

  it('makes a pending image failed, with a reason', async () => {
    expect(
      await (await aService()).call(reportImageState, { ...key, state: 'failed', reason: 'no disk' }, compute),
    ).toMatchObject({
      state: 'failed',
      stateReason: 'no disk',
    });
  });

  it('leaves one record for the owner, even if repeated', async () => {
    const service = await aService();
    await service.call(reportImageState, { ...key, state: 'available' }, compute);
    await service.call(reportImageState, { ...key, state: 'available' }, compute);

    expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toMatchObject([
      { action: 'ReportImageState', actor: 'platform' },
    ]);
  });

  it('refuses to change the state of a completed image with ImageNotUsable', async () => {
    const service = await aService();
    await service.call(reportImageState, { ...key, state: 'available' }, compute);

    expect(await service.refusalOf(reportImageState, { ...key, state: 'failed' }, compute)).toMatchObject({
      code: 'ImageNotUsable',
    });
  });

  it.each([
    ['missing', 'missing'],
    ['deleted', 'gone'],
  ])('refuses an image that is %s with ImageNotFound', async (_, id) => {
    const service = await aService();
    await service.putImages(anImageIn(fixture, { imageId: imageId('gone'), state: 'deleted', deletedAt: service.now() }));

    expect(await service.refusalOf(reportImageState, { ...key, imageId: id, state: 'available' }, compute)).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('keeps the first of two conflicting reports', async () => {
    const store = new InterruptibleStore();
    const service = await aService(store);
    store.beforeNextCommit(() => service.call(reportImageState, { ...key, state: 'failed' }, compute));

    await expect(service.call(reportImageState, { ...key, state: 'available' }, compute)).rejects.toMatchObject({
      code: 'ImageNotUsable',
    });
    expect(await service.store.image(image)).toMatchObject({ state: 'failed' });
  });
});
