import { reportImageState } from '../../functions/report-image-state.ts';
import { anImageIn, imageId, places } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const compute = { as: 'platform', scopes: ['compute'] } as const;

describe.each(places)('reportImageState under $name', (place) => {
  const image = anImageIn(place, { state: 'pending' });
  const at = { region: image.region, imageId: image.imageId };
  const theWorld = async (store?: InterruptedStore) => (await new InMemoryService(store).know('owner')).put(image);

  it('makes a pending image available', async () => {
    const world = await theWorld();

    expect(await world.call(reportImageState, { ...at, state: 'available' }, compute)).toEqual({ ...at, state: 'available' });
    expect(await world.store.image(image)).toMatchObject({ state: 'available' });
  });

  it('lets it fail, for a reason', async () => {
    expect(await (await theWorld()).call(reportImageState, { ...at, state: 'failed', reason: 'no disk' }, compute)).toMatchObject(
      {
        state: 'failed',
        stateReason: 'no disk',
      },
    );
  });

  it('leaves a record for the owner, and none when it is repeated', async () => {
    const world = await theWorld();
    await world.call(reportImageState, { ...at, state: 'available' }, compute);
    await world.call(reportImageState, { ...at, state: 'available' }, compute);

    expect(await world.recordsOf(image.owner, place.policy.principalKind)).toMatchObject([
      { action: 'ReportImageState', actor: 'platform' },
    ]);
  });

  it('refuses to change what is made already with ImageNotUsable', async () => {
    const world = await theWorld();
    await world.call(reportImageState, { ...at, state: 'available' }, compute);

    expect(await world.refusalOf(reportImageState, { ...at, state: 'failed' }, compute)).toMatchObject({
      code: 'ImageNotUsable',
    });
  });

  it.each([
    ['missing', 'missing'],
    ['deleted', 'gone'],
  ])('refuses an image that is %s with ImageNotFound', async (_, id) => {
    const world = await theWorld();
    await world.put(anImageIn(place, { imageId: imageId('gone'), state: 'deleted', deletedAt: world.now() }));

    expect(await world.refusalOf(reportImageState, { ...at, imageId: id, state: 'available' }, compute)).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('keeps the report that came first', async () => {
    const store = new InterruptedStore();
    const world = await theWorld(store);
    store.beforeNextCommit(() => world.call(reportImageState, { ...at, state: 'failed' }, compute));

    await expect(world.call(reportImageState, { ...at, state: 'available' }, compute)).rejects.toMatchObject({
      code: 'ImageNotUsable',
    });
    expect(await world.store.image(image)).toMatchObject({ state: 'failed' });
  });
});
