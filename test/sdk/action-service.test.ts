import { sdkActions } from '../../functions/sdk.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { type SdkActions, serviceOf } from '../../lib/sdk/action-service.ts';
import type { CallOptions, Service } from '../../lib/sdk/service.ts';
import { ucloudErrors as errors } from '../../lib/sdk/ucloud/errors.ts';
import { anImageIn, aPublicImageIn, fixtureOf, imageId, instanceId, principal, sharedWith } from '../support/builders.ts';
import { InMemoryService, noWaitBudget } from '../support/in-memory-service.ts';

const fixture = fixtureOf('ucloud');
const { region, otherRegion, policy } = fixture;
const cloud = { policy } as Parameters<typeof serviceOf>[1]['cloud'];
const [owner, guest, friend] = (['owner', 'guest', 'friend'] as const).map(fixture.principalOf) as [
  PrincipalId,
  PrincipalId,
  PrincipalId,
];
const image = anImageIn(fixture, { recipients: sharedWith([guest]) });

interface Request {
  readonly actions?: SdkActions;
  readonly region?: string | undefined;
  readonly options?: CallOptions;
}

/** The service of one request, as the account `owner`. */
function serviceFor(dependencies: InMemoryService, request: Request = {}): Service {
  const { actions, options, region: named } = { actions: sdkActions, region, options: {}, ...request };
  const caller = { subject: 'AK1', account: principal('owner'), scopes: new Set(['tenant'] as const) };
  const baseCall = { caller, requestId: 'request-1', from: '192.0.2.1', budget: noWaitBudget() };
  return serviceOf(actions, { dependencies, cloud, host: 'localhost', region: named, baseCall, errors }, options);
}
const aService = async () => (await new InMemoryService().createAccounts('owner', 'guest', 'friend')).putImages(image);

/** The service with actions that only say what they are called with. */
function withRecorded(answer: (request: Record<string, unknown>) => unknown = () => ({})) {
  const calls: unknown[] = [];
  const actions = Object.fromEntries(
    Object.entries(sdkActions).map(([name, action]) => [
      name,
      {
        ...action,
        run: async (request: Record<string, unknown>) => {
          calls.push([action.name, request]);
          return answer(request);
        },
      },
    ]),
  ) as unknown as SdkActions;
  return { calls, service: serviceFor(new InMemoryService(), { actions }) };
}

describe('a call of the service', () => {
  const id = imageId('m-1');
  const host = instanceId('i-1');
  const named = { name: 'web', description: undefined, tags: undefined };

  it.each<[string, object, (service: Service) => Promise<unknown>]>([
    ['GetImage', { imageId: id }, (service) => service.getImage(id)],
    ['ImportImage', { name: 'web', sizeGiB: 20 }, (service) => service.importImage({ ...named, sizeGiB: 20 })],
    ['UpdateImage', { imageId: id, name: 'web' }, (service) => service.updateImage(id, named)],
    ['DeleteImage', { imageId: id }, (service) => service.deleteImage(id)],
    [
      'CopyImage',
      { imageId: id, destinationRegion: otherRegion, name: 'web' },
      (service) => service.copyImage(id, { destinationRegion: otherRegion, ...named }),
    ],
    ['SaveSharedImage', { imageId: id, name: 'web' }, (service) => service.saveSharedImage(id, named)],
    ['ListImageShares', { imageId: id }, (service) => service.listShares(id)],
    ['GetInstance', { instanceId: host }, (service) => service.getInstance(host)],
    ['RunInstances', { imageId: id, count: 2 }, (service) => service.runInstances({ imageId: id, count: 2, product: undefined })],
    ['ReinstallInstance', { instanceId: host, imageId: id }, (service) => service.reinstallInstance(host, id)],
    ['ReinitializeInstance', { instanceId: host }, (service) => service.reinitializeInstance(host)],
    ['TerminateInstance', { instanceId: host }, (service) => service.terminateInstance(host)],
    ['CreateImageFromInstance', { instanceId: host, name: 'web' }, (service) => service.createImage(host, named)],
  ])('runs %s in the region of the request, without absent fields', async (name, request, call) => {
    const { calls, service } = withRecorded();

    await call(service);

    expect(calls).toEqual([[name, expect.objectContaining({ region, ...request })]]);
    const [[, fields]] = calls as [[string, object]];
    expect(Object.values(fields)).not.toContain(undefined);
  });

  it('runs GetAccount without a region', async () => {
    const { calls, service } = withRecorded();

    await service.getAccount();

    expect(calls).toEqual([['GetAccount', {}]]);
  });

  it('is refused if its fields are invalid', async () => {
    await expect(withRecorded().service.importImage({ name: '', sizeGiB: 20 })).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});

describe('a list', () => {
  const lists = [
    ['images', (service: Service) => service.listImages('owned')],
    ['instances', (service: Service) => service.listInstances()],
  ] as const;

  it.each(lists)('of %s is read page by page, to its end', async (field, list) => {
    const pages = new Map([
      [undefined, { entries: ['a', 'b'], nextCursor: 'second' }],
      ['second', { entries: ['c'], nextCursor: 'third' }],
      ['third', { entries: [], nextCursor: undefined }],
    ]);
    const { calls, service } = withRecorded(({ cursor }) => {
      const { entries = [], nextCursor } = pages.get(cursor as string | undefined) ?? {};
      return { [field]: entries, nextCursor };
    });

    expect(await list(service)).toEqual(['a', 'b', 'c']);
    expect(calls).toHaveLength(3);
    expect(calls[0]).toEqual([expect.any(String), { region, limit: 100, ...(field === 'images' && { scope: 'owned' }) }]);
  });

  it.each(lists)('of %s ends after 100 full pages, which are 10,000 entries', async (field, list) => {
    const { calls, service } = withRecorded(() => ({ [field]: ['a'], nextCursor: 'more' }));

    await list(service);

    expect(calls).toHaveLength(100);
  });
});

describe('regions', () => {
  const other = 'ap-guangzhou';

  it('are those of the cloud', () => {
    const { service } = withRecorded();

    expect(service.regions).toEqual([region, otherRegion]);
    expect(service.requireRegion(otherRegion)).toBe(otherRegion);
    expect(() => service.requireRegion(other)).toThrow(errors.unsupportedRegion(other).code);
  });

  it('are missing in a request without one, except for calls of the whole account', async () => {
    const service = serviceFor(await aService(), { region: undefined });

    expect(() => service.region).toThrow(errors.missingRegion.code);
    await expect(service.getImage(image.imageId)).rejects.toThrow(errors.missingRegion.code);
    expect(await service.getAccount()).toMatchObject({ accountId: 'owner' });
  });

  it('of another cloud are refused, even if only the region of the request is asked for', async () => {
    const service = serviceFor(await aService(), { region: other });

    expect(() => service.region).toThrow(errors.unsupportedRegion(other).code);
    await expect(service.getImage(image.imageId)).rejects.toThrow(errors.unsupportedRegion(other).code);
  });

  it('can be changed within a request, which keeps its options', async () => {
    const dependencies = await aService();
    const service = serviceFor(dependencies, { options: { isDryRun: true } }).inRegion(otherRegion);

    expect(service.region).toBe(otherRegion);
    await expect(service.getImage(image.imageId)).rejects.toMatchObject({ code: 'ImageNotFound' });
    await service.importImage({ name: 'web', sizeGiB: 20 });
    expect(await dependencies.usedCount('images', otherRegion, owner)).toBe(0);
  });
});

describe('options of a call', () => {
  it('a dry run changes nothing, and reads as usual', async () => {
    const dependencies = await aService();
    const service = serviceFor(dependencies).withOptions({ token: 'once' }).withOptions({ isDryRun: true });
    const before = await dependencies.contents();

    await service.deleteImage(image.imageId).catch(() => undefined);
    await service.copyImage(image.imageId, { destinationRegion: otherRegion });

    expect(await dependencies.contents()).toEqual(before);
    expect(await service.getImage(image.imageId)).toMatchObject({ name: image.name });
  });

  it('a token returns the first result, and is refused for another request', async () => {
    const service = serviceFor(await aService(), { options: { token: 'once' } });
    const copyTo = (destinationRegion: typeof region) => service.copyImage(image.imageId, { destinationRegion });
    const first = await copyTo(otherRegion);

    expect(await copyTo(otherRegion)).toEqual(first);
    await expect(copyTo(region)).rejects.toMatchObject({ code: 'IdempotencyKeyReused' });
  });

  it('a token is independent of other actions and regions, and of calls without one', async () => {
    const dependencies = await aService();
    const service = serviceFor(dependencies, { options: { token: 'once' } });
    const newImage = { name: 'web', sizeGiB: 20 };
    const made = [
      await service.copyImage(image.imageId, { destinationRegion: region }),
      await service.importImage(newImage),
      await service.inRegion(otherRegion).importImage(newImage),
      await serviceFor(dependencies).importImage(newImage),
      await serviceFor(dependencies).importImage(newImage),
      await service.withOptions({ token: 'twice' }).importImage(newImage),
    ];

    expect(new Set(made.map((entry) => entry.imageId)).size).toBe(made.length);
    expect(await service.listImages('owned')).toHaveLength(6);
  });

  it('a revision that the image no longer has prevents an update and a deletion, and nothing else', async () => {
    const lonely = anImageIn(fixture, { imageId: imageId('m-lonely') });
    const service = serviceFor(await (await aService()).putImages(lonely));
    const { revision } = await service.updateImage(lonely.imageId, { name: 'first' });
    const [at, before] = [revision, revision - 1].map((seen) => service.withOptions({ revision: seen })) as [Service, Service];

    for (const change of [before.updateImage(lonely.imageId, { name: 'second' }), before.deleteImage(lonely.imageId)]) {
      await expect(change).rejects.toMatchObject({ code: 'PreconditionFailed' });
    }
    expect(await before.getImage(lonely.imageId)).toMatchObject({ name: 'first' });
    await before.copyImage(lonely.imageId, { destinationRegion: region });
    await at.deleteImage(lonely.imageId);
    await expect(service.getImage(lonely.imageId)).rejects.toMatchObject({ code: 'ImageNotFound' });
  });
});

describe('changes of shares', () => {
  it.each([
    ['ShareImage', [friend], [], [friend, guest]],
    ['CancelImageShares', [], [guest], []],
    ['ChangeImageShares', [friend], [guest], [friend]],
  ])('acknowledge the risk, and are recorded as %s', async (action, add, remove, recipients) => {
    const dependencies = await aService();
    const service = serviceFor(dependencies);

    await service.changeShares(image.imageId, { add, remove });

    const { shares } = await service.listShares(image.imageId);
    expect(shares.map(({ recipient }) => recipient).toSorted()).toEqual(recipients);
    expect((await dependencies.recordsOf(owner, 'project'))[0]).toMatchObject({ action });
  });
});

describe('a page of images', () => {
  it('has the images of its scope, and their number', async () => {
    const service = serviceFor(await (await aService()).putPublicImages(aPublicImageIn(fixture)));

    expect(await service.numberedImages('public', {}, { offset: 0, limit: 1 })).toMatchObject({
      total: 1,
      entries: [{ imageId: 'img-public-1' }],
    });
    expect(await service.numberedImages('all', {}, { offset: 1, limit: 5 })).toMatchObject({
      total: 2,
      entries: [{ imageId: 'img-public-1' }],
    });
  });
});
