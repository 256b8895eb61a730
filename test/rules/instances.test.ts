import type { Image, Product } from '../../lib/model/image.ts';
import {
  imageStatusOf,
  planImageFromInstance,
  planLaunch,
  planReinstall,
  planTerminate,
  requireInstance,
} from '../../lib/rules/instances.ts';
import {
  anImageIn,
  anInstanceIn,
  aPublicImageIn,
  aStamp,
  imageId,
  instanceId,
  noon,
  noonSeconds,
  policyFixtures,
  principal,
  refusalFields,
  secondsFromNoon,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const statesWithoutData = ['pending', 'copying', 'failed'] as const;

describe.each(policyFixtures)('under $name', (fixture) => {
  const { policy, region } = fixture;
  const [owner, friend] = [fixture.principalOf('owner'), fixture.principalOf('friend')];
  const image = anImageIn(fixture, {
    recipients: sharedWith([friend]),
    os: 'Alpine',
    architecture: 'arm64',
    encryption: 'customer',
  });
  const bothProducts = ['standard', 'lightweight'] as const;

  describe('planLaunch', () => {
    const launch = (target: Image | undefined = image, caller = friend, product?: Product, now = noon) =>
      planLaunch(
        { key: image, instanceIds: [instanceId('ins-new')], product },
        { image: target, principal: caller, policy, now },
      );

    it('creates an instance of the caller, with the properties of the image', () => {
      expect(launch().result.instances[0]).toEqual({
        region,
        instanceId: 'ins-new',
        principal: friend,
        imageId: image.imageId,
        product: 'standard',
        os: 'Alpine',
        architecture: 'arm64',
        disksGiB: [20],
        encryption: 'customer',
        createdAt: noon,
      });
    });

    it('counts the instance, without a limit, and requires that its principal is open', () => {
      const { steps, result } = launch();

      expect(steps).toEqual([
        { do: 'create-instance', instance: result.instances[0] },
        { do: 'count', what: 'instances', region, principal: friend, by: 1 },
        { do: 'require-open', principal: friend, kind: policy.principalKind },
      ]);
    });

    it.each([
      ['the owner', owner, image, 'owned'],
      ['a recipient', friend, image, 'shared'],
      ['anyone, from a public image', principal('stranger'), aPublicImageIn(fixture), 'public'],
    ] as const)('accepts %s', (_, caller, target, visibility) => {
      expect(launch(target, caller).result).toMatchObject({ visibility, instances: [{ principal: caller }] });
    });

    it('accepts a recipient until the second before its share ends', () => {
      const expiring = { ...image, recipients: { [friend]: noonSeconds } };

      expect(launch(expiring, friend, undefined, secondsFromNoon(-1)).steps).not.toEqual([]);
      expect(thrownBy(() => launch(expiring))).toMatchObject({ code: 'ImageNotFound' });
    });

    it('refuses a stranger exactly as for an image that never existed', () => {
      const refusals = [image, undefined, { ...image, state: 'deleted', deletedAt: noon } as const].map((target) =>
        refusalFields(
          thrownBy(() =>
            planLaunch(
              { key: image, instanceIds: [instanceId('ins-new')], product: undefined },
              { image: target, principal: principal('stranger'), policy, now: noon },
            ),
          ),
        ),
      );

      expect(refusals[0]).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusals).toEqual([refusals[0], refusals[0], refusals[0]]);
    });

    it('launches an instance from a deprecated image', () => {
      expect(launch({ ...image, state: 'deprecated' }).steps).not.toEqual([]);
    });

    it.each(statesWithoutData)('refuses a %s image with ImageNotUsable', (state) => {
      expect(thrownBy(() => launch({ ...image, state }))).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
      expect(thrownBy(() => launch({ ...image, state }, owner))).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'owner.still-uses' },
      });
    });

    it.each([
      ["the image's own product by default", 'lightweight', ['lightweight'], undefined, 'lightweight'],
      ["the image's own product", 'standard', bothProducts, 'standard', 'standard'],
      ['another product of the image', 'standard', bothProducts, 'lightweight', 'lightweight'],
    ] as const)('launches an instance of %s', (_, product, products, requested, expected) => {
      expect(launch({ ...image, product, products }, friend, requested).result.instances[0]?.product).toBe(expected);
    });

    it('refuses a product that the image does not have with ImageNotUsable', () => {
      expect(thrownBy(() => launch(image, owner, 'lightweight'))).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
    });

    it('includes every disk for the owner, and the disks that the policy shares for a recipient', () => {
      const large = { ...image, disksGiB: [20, 40] };

      expect(launch(large, owner).result.instances[0]?.disksGiB).toEqual([20, 40]);
      expect(launch(large).result.instances[0]?.disksGiB).toEqual(policy.dataDisksWhenShared === 'system-disk' ? [20] : [20, 40]);
    });
  });

  describe('requireInstance', () => {
    const instance = anInstanceIn(fixture, { principal: friend });

    it('returns an instance to its principal', () => {
      expect(requireInstance(instance, instance, friend)).toBe(instance);
    });

    it("refuses a missing instance exactly as another principal's one, even for the image's owner", () => {
      const refusals = [undefined, instance].map((target) =>
        refusalFields(thrownBy(() => requireInstance(instance, target, owner))),
      );

      expect(refusals[0]).toMatchObject({ code: 'InstanceNotFound' });
      expect(refusals[1]).toEqual(refusals[0]);
    });
  });

  describe('planReinstall', () => {
    const instance = anInstanceIn(fixture, { principal: friend, imageId: image.imageId, disksGiB: [20, 500] });
    const other = { ...image, imageId: imageId('other'), disksGiB: [30, 40], os: 'Rocky', encryption: 'none' } as const;
    const reinstall = (target: Image | undefined, id = other.imageId, product: Product = 'standard') =>
      planReinstall(id, { ...instance, product }, { image: target, now: noon });

    it('replaces the system disk and keeps the data disks and everything else', () => {
      expect(reinstall(other).result.instances[0]).toEqual({
        ...instance,
        imageId: 'other',
        os: 'Rocky',
        encryption: 'none',
        architecture: 'arm64',
        disksGiB: [30, 500],
      });
    });

    it("requires that the instance's image has not changed concurrently", () => {
      const { steps, result } = reinstall(other);

      expect(steps).toEqual([{ do: 'reinstall-instance', instance: result.instances[0], madeFrom: image.imageId }]);
    });

    it.each([
      ['shared', other],
      ['owned', { ...other, owner: friend }],
      ['public', { ...aPublicImageIn(fixture), imageId: other.imageId }],
    ] as const)('accepts a %s image', (visibility, target) => {
      expect(reinstall(target).result.visibility).toBe(visibility);
    });

    it('accepts the current image of the instance', () => {
      expect(reinstall(image, image.imageId).result.instances[0]).toMatchObject({ imageId: image.imageId, disksGiB: [20, 500] });
    });

    it.each([
      ['deleted', 'delete.instances-live', { ...image, state: 'deleted', deletedAt: noon } as const],
      ['no longer stored', 'delete.instances-live', undefined],
      ['no longer shared', 'cancel.instances-live', { ...image, recipients: {} }],
      ['shared until now', 'cancel.instances-live', { ...image, recipients: { [friend]: noonSeconds } }],
    ])('refuses the current image when it is %s with ImageNotUsable by %s', (_, rule, target) => {
      expect(thrownBy(() => reinstall(target, image.imageId))).toMatchObject({ code: 'ImageNotUsable', details: { rule } });
    });

    it.each([
      ['was never shared', { ...other, recipients: {} }],
      ['is deleted', { ...other, state: 'deleted', deletedAt: noon } as const],
      ['never existed', undefined],
    ])('refuses another image that %s with ImageNotFound', (_, target) => {
      expect(thrownBy(() => reinstall(target))).toMatchObject({ code: 'ImageNotFound', details: { rule: 'received.visible' } });
    });

    it.each(statesWithoutData)('refuses a %s image with ImageNotUsable', (state) => {
      expect(thrownBy(() => reinstall({ ...other, state }))).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'received.use' },
      });
    });

    it("refuses an image without the instance's product, and accepts one for both", () => {
      expect(thrownBy(() => reinstall(other, other.imageId, 'lightweight'))).toMatchObject({
        code: 'ImageNotUsable',
        details: { rule: 'share.cross-product' },
      });
      expect(reinstall({ ...other, products: bothProducts }, other.imageId, 'lightweight').result.instances[0]?.product).toBe(
        'lightweight',
      );
    });
  });

  describe('imageStatusOf', () => {
    const instance = anInstanceIn(fixture, { principal: friend, imageId: image.imageId });
    const statuses: [string, Image | undefined][] = [
      ['available', image],
      ['deprecated', { ...image, state: 'deprecated' }],
      ...statesWithoutData.map((state): [string, Image] => [state, { ...image, state }]),
      ['pending', { ...image, state: 'pending', products: ['lightweight'] }],
      ['incompatible', { ...image, products: ['lightweight'] }],
      ['available', { ...aPublicImageIn(fixture), imageId: image.imageId }],
      ['not-shared', { ...image, recipients: {} }],
      ['not-shared', { ...image, recipients: { [friend]: noonSeconds } }],
      ['not-shared', { ...image, state: 'failed', recipients: {} }],
      ['deleted', { ...image, state: 'deleted', deletedAt: noon }],
      ['deleted', undefined],
    ];

    it.each(statuses)('is %s, and tells whether the instance can be reinitialized', (expected, target) => {
      const status = imageStatusOf(instance, target, noon);
      const refused = thrownBy(() => planReinstall(image.imageId, instance, { image: target, now: noon }));

      expect(status).toBe(expected);
      expect(refused === undefined).toBe(status === 'available' || status === 'deprecated');
    });
  });

  describe('planTerminate', () => {
    it('removes the instance and decrements the count', () => {
      const instance = anInstanceIn(fixture);

      expect(planTerminate(instance).steps).toEqual([
        { do: 'remove-instance', key: instance },
        { do: 'count', what: 'instances', region, principal: owner, by: -1 },
      ]);
    });
  });

  describe('planImageFromInstance', () => {
    const instance = anInstanceIn(fixture, {
      principal: friend,
      product: 'lightweight',
      disksGiB: [20, 40],
      encryption: 'service',
    });
    const imageOf = (used: number) =>
      planImageFromInstance(
        instance,
        { name: 'mine', description: 'd', tags: { a: 'b' } },
        { imageId: imageId('new'), policy, used, stamp: aStamp() },
      );

    it("creates a pending image of all disks, for the instance's principal and product", () => {
      expect(imageOf(0).result).toMatchObject({
        region,
        imageId: 'new',
        owner: friend,
        name: 'mine',
        description: 'd',
        tags: { a: 'b' },
        state: 'pending',
        os: instance.os,
        architecture: instance.architecture,
        product: 'lightweight',
        products: ['lightweight'],
        disksGiB: [20, 40],
        encryption: 'service',
        recipients: {},
      });
    });

    it("counts toward the quota, and records the instance's image as the source", () => {
      const { steps } = imageOf(0);

      expect(steps).toContainEqual(expect.objectContaining({ do: 'count', what: 'images', principal: friend, by: 1 }));
      expect(steps).toContainEqual({
        do: 'put-record',
        record: expect.objectContaining({
          action: 'CreateImageFromInstance',
          principal: friend,
          source: { region, imageId: instance.imageId },
        }),
      });
    });

    it('refuses an image beyond the quota with ImageQuotaExceeded', () => {
      expect(thrownBy(() => imageOf(policy.imagesPerPrincipalMax))).toMatchObject({
        code: 'ImageQuotaExceeded',
        details: { rule: 'quota.images', remaining: 0 },
      });
    });
  });
});
