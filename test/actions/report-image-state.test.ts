import { reportImageState } from '../../functions/report-image-state.ts';
import { anImageIn, imageId, places } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const compute = { as: 'platform', scopes: ['compute'] } as const;

describe.each(places)('reportImageState under $name', (place) => {
  const image = anImageIn(place, { state: 'pending' });
  const at = { region: image.region, imageId: image.imageId };
  const aService = async (store?: InterruptedStore) => (await new InMemoryService(store).know('owner')).put(image);

  it('makes a pending image available', async () => {
    const service = await aService();

    expect(await service.call(reportImageState, { ...at, state: 'available' }, compute)).toEqual({ ...at, state: 'available' });
    expect(await service.store.image(image)).toMatchObject({ state: 'available' });
  });

  it('makes a pending image failed, with a reason', async () => {
    expect(await (await aService()).call(reportImageState, { ...at, state: 'failed', reason: 'no disk' }, compute)).toMatchObject(
      {
        state: 'failed',
        stateReason: 'no disk',
      },
    );
  });

  it('leaves one record for the owner, even if repeated', async () => {
    const service = await aService();
    await service.call(reportImageState, { ...at, state: 'available' }, compute);
    await service.call(reportImageState, { ...at, state: 'available' }, compute);

    expect(await service.recordsOf(image.owner, place.policy.principalKind)).toMatchObject([
      { action: 'ReportImageState', actor: 'platform' },
    ]);
  });

  it('refuses to change the state of a completed image with ImageNotUsable', async () => {
    const service = await aService();
    await service.call(reportImageState, { ...at, state: 'available' }, compute);

    expect(await service.refusalOf(reportImageState, { ...at, state: 'failed' }, compute)).toMatchObject({
      code: 'ImageNotUsable',
    });
  });

  it.each([
    ['missing', 'missing'],
    ['deleted', 'gone'],
  ])('refuses an image that is %s with ImageNotFound', async (_, id) => {
    const service = await aService();
    await service.put(anImageIn(place, { imageId: imageId('gone'), state: 'deleted', deletedAt: service.now() }));

    expect(await service.refusalOf(reportImageState, { ...at, imageId: id, state: 'available' }, compute)).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('keeps the first of two conflicting reports', async () => {
    const store = new InterruptedStore();
    const service = await aService(store);
    store.beforeNextCommit(() => service.call(reportImageState, { ...at, state: 'failed' }, compute));

    await expect(service.call(reportImageState, { ...at, state: 'available' }, compute)).rejects.toMatchObject({
      code: 'ImageNotUsable',
    });
    expect(await service.store.image(image)).toMatchObject({ state: 'failed' });
  });
});
