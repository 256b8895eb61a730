import type { CopyJobId } from '../../lib/model/ids.ts';
import type { Image, ImageState, Product } from '../../lib/model/image.ts';
import { planStateReport, planUpdate } from '../../lib/rules/update-image.ts';
import {
  anImageIn,
  aStamp,
  fixtureOf,
  noonSeconds,
  policyFixtures,
  principal,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const h01 = principal('h01');

describe.each(policyFixtures)('planUpdate under $name', (fixture) => {
  const facts = { policy: fixture.policy, stamp: aStamp() };

  it('changes the given fields only', () => {
    const image = anImageIn(fixture, { description: 'old', tags: { tier: 'web' } });
    const { result, steps } = planUpdate({ name: 'new' }, image, facts);

    expect(result).toEqual({ ...image, name: 'new', detailsRevision: 2 });
    expect(steps).toMatchObject([
      { do: 'change-image', change: { details: { name: 'new' } }, records: { count: 1 } },
      { do: 'put-record', record: { action: 'UpdateImage' } },
    ]);
  });

  it.each([
    ['the details that changed', { name: 'new', description: '', tags: { b: '2' } }, { changes: ['name', 'tags'] }],
    ['deprecation', { deprecated: true }, { state: 'deprecated' }],
    ['both', { description: 'new', deprecated: true }, { changes: ['description'], state: 'deprecated' }],
  ])('records %s', (_, edit, expected) => {
    const [, step] = planUpdate(edit, anImageIn(fixture), facts).steps;
    const { changes, state } = step?.do === 'put-record' ? step.record : {};

    expect({ changes, state }).toEqual(expected);
  });

  it('records that an image is no longer deprecated', () => {
    const [, record] = planUpdate({ deprecated: false }, anImageIn(fixture, { state: 'deprecated' }), facts).steps;

    expect(record).toMatchObject({ record: { state: 'available' } });
  });

  it('lets the owner rename an image while it is shared', () => {
    const { result, steps } = planUpdate({ name: 'new' }, anImageIn(fixture, { recipients: sharedWith([h01]) }), facts);

    expect(result.name).toBe('new');
    expect(steps.map((step) => step.do)).toEqual(['change-image', 'put-record']);
  });

  it('requires that the state did not change when it changes the state', () => {
    const { steps } = planUpdate({ deprecated: true }, anImageIn(fixture), { policy: fixture.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { state: 'available' } });
  });

  it('does nothing when nothing changes, regardless of the order of tags', () => {
    const image = anImageIn(fixture, { tags: { a: '1', b: '2' } });
    const edit = { name: image.name, description: image.description, tags: { b: '2', a: '1' }, deprecated: false };

    expect(planUpdate(edit, image, facts)).toEqual({ steps: [], result: image });
  });

  it('removes tags that are not in the request', () => {
    const { result } = planUpdate({ tags: { b: '2' } }, anImageIn(fixture, { tags: { a: '1', b: '2' } }), facts);

    expect(result.tags).toEqual({ b: '2' });
  });

  it.each([
    ['deprecates an available image', 'available', true, 'deprecated'],
    ['makes a deprecated image available again', 'deprecated', false, 'available'],
    ['leaves a deprecated image deprecated', 'deprecated', true, 'deprecated'],
    ['leaves an available image available', 'available', false, 'available'],
  ] as const)('%s', (_, from, deprecated, to) => {
    expect(planUpdate({ deprecated }, anImageIn(fixture, { state: from }), facts).result.state).toBe(to);
  });

  it.each(['pending', 'copying', 'failed'] as const)('refuses to deprecate a %s image with ImageNotUsable', (state) => {
    expect(thrownBy(() => planUpdate({ deprecated: true }, anImageIn(fixture, { state }), facts))).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'owner.deprecates' },
    });
  });

  it('deprecates an image whose shares have all expired', () => {
    const image = anImageIn(fixture, { recipients: { [h01]: noonSeconds } });

    expect(planUpdate({ deprecated: true }, image, facts).result.state).toBe('deprecated');
  });
});

describe.each(policyFixtures)('planUpdate under $name, on revisions of the details', (fixture) => {
  const image = anImageIn(fixture, { detailsRevision: 4 });
  const edit = (revisionsSeen: readonly number[] | undefined, name = 'new') =>
    planUpdate({ name }, image, { policy: fixture.policy, stamp: aStamp(), revisionsSeen });

  it.each([[[4]], [[3, 4]]])('accepts the current revision among %j, and requires it on commit', (revisionsSeen) => {
    const { result, steps } = edit(revisionsSeen);

    expect(result.detailsRevision).toBe(5);
    expect(steps[0]).toMatchObject({ expect: { detailsRevision: 4 } });
  });

  it('requires no revision if the request has none', () => {
    expect(edit(undefined).steps[0]).toMatchObject({ expect: {} });
    expect(edit(undefined).steps[0]).not.toHaveProperty('expect.detailsRevision');
  });

  it.each([[[3]], [[5]], [[]]])('refuses with PreconditionFailed if only %j are given', (revisionsSeen) => {
    expect(thrownBy(() => edit(revisionsSeen))).toMatchObject({ code: 'PreconditionFailed' });
  });

  it('refuses another revision even if nothing would change', () => {
    expect(edit([4], image.name).steps).toEqual([]);
    expect(thrownBy(() => edit([3], image.name))).toMatchObject({ code: 'PreconditionFailed' });
  });
});

describe.each(policyFixtures)('planUpdate of products under $name', (fixture) => {
  const bothProducts = ['standard', 'lightweight'] as const;
  const update = (products: readonly Product[], parts: Partial<Image> = {}) =>
    planUpdate({ products }, anImageIn(fixture, parts), { policy: fixture.policy, stamp: aStamp() });

  it('does nothing when the products are unchanged, ignoring duplicates', () => {
    expect(update(['standard', 'standard']).steps).toEqual([]);
  });

  it.each(bothProducts)("refuses to remove the image's own product %s with InvalidRequest", (product) => {
    const other = product === 'standard' ? 'lightweight' : 'standard';

    expect(thrownBy(() => update([other], { product, products: [product] }))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'products' }] },
    });
  });

  it('restricts the image to its own product again', () => {
    expect(update(['standard'], { products: bothProducts }).result.products).toEqual(['standard']);
  });
});

describe('planUpdate of products', () => {
  const update = (name: string, product: Product) =>
    planUpdate(
      { products: ['lightweight', 'standard'] },
      anImageIn(fixtureOf(name), { product, products: [product], recipients: sharedWith([h01]) }),
      { policy: fixtureOf(name).policy, stamp: aStamp() },
    );

  it.each(['tencent', 'alibaba'])(
    'makes an image available to both products under %s, its own first, even while it is shared',
    (name) => {
      expect(update(name, 'standard').result.products).toEqual(['standard', 'lightweight']);
      expect(update(name, 'lightweight').result.products).toEqual(['lightweight', 'standard']);
    },
  );

  it.each(['tencent', 'alibaba'])('ignores the order of products under %s', (name) => {
    const { policy } = fixtureOf(name);
    const image = anImageIn(fixtureOf(name), { products: ['standard', 'lightweight'] });

    expect(planUpdate({ products: ['lightweight', 'standard'] }, image, { policy, stamp: aStamp() }).steps).toEqual([]);
  });

  it("is refused under UCloud, where lightweight images can't be shared", () => {
    expect(thrownBy(() => update('ucloud', 'standard'))).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'share.cross-product' },
    });
  });
});

describe('planUpdate of a shared image', () => {
  const deprecate = (policyName: string) => {
    const fixture = fixtureOf(policyName);
    const image = anImageIn(fixture, { recipients: sharedWith([h01]) });
    return planUpdate({ deprecated: true }, image, { policy: fixture.policy, stamp: aStamp() });
  };

  it.each(['tencent', 'ucloud'])('deprecates it under %s and keeps its shares', (name) => {
    expect(deprecate(name).result).toMatchObject({ state: 'deprecated', recipients: { h01: 0 } });
  });

  it('refuses to deprecate it under Alibaba Cloud with ImageShared, and lists the recipients', () => {
    expect(thrownBy(() => deprecate('alibaba'))).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'owner.deprecates', recipients: [h01], used: 1 },
    });
  });

  it('requires under Alibaba Cloud that no recipient is added concurrently', () => {
    const fixture = fixtureOf('alibaba');
    const { steps } = planUpdate({ deprecated: true }, anImageIn(fixture), { policy: fixture.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { state: 'available', exactly: {} } });
  });
});

describe('planStateReport', () => {
  const fixture = fixtureOf('tencent');
  const report = (from: ImageState, state: 'available' | 'failed') =>
    planStateReport({ state, reason: 'boot check' }, anImageIn(fixture, { state: from }), {
      policy: fixture.policy,
      planned: { job: undefined, accounts: new Map(), projects: new Map() },
      stamp: aStamp(),
    });

  it.each([
    ['pending', 'available'],
    ['pending', 'failed'],
    ['copying', 'available'],
    ['copying', 'failed'],
  ] as const)('makes a %s image %s', (from, to) => {
    expect(report(from, to).result).toMatchObject({ state: to, stateReason: 'boot check' });
  });

  it('fails an image only as it was read, because its record lists the recipients', () => {
    const recipients = sharedWith([h01]);
    const plannedShares = { job: { region: fixture.region, jobId: 'copy-1' as CopyJobId }, recipients: [principal('h02')] };
    const changeOf = (parts: Partial<Image>) =>
      planStateReport({ state: 'failed' }, anImageIn(fixture, { state: 'pending', recipients, ...parts }), {
        policy: fixture.policy,
        planned: { job: undefined, accounts: new Map(), projects: new Map() },
        stamp: aStamp(),
      }).steps[0];

    expect(changeOf({ plannedShares })).toMatchObject({
      expect: { state: 'pending', exactly: recipients, plannedShares },
      change: { drop: [h01], plannedShares: null },
    });
    expect(changeOf({})).not.toHaveProperty('change.plannedShares');
  });

  it('increments the revision of the details', () => {
    expect(report('pending', 'available').result.detailsRevision).toBe(2);
  });

  it.each(['available', 'failed'] as const)('does nothing when the image is already %s', (state) => {
    expect(report(state, state).steps).toEqual([]);
  });

  it.each([
    ['available', 'failed'],
    ['failed', 'available'],
    ['deprecated', 'available'],
    ['deprecated', 'failed'],
  ] as const)('refuses to make a %s image %s', (from, to) => {
    expect(thrownBy(() => report(from, to))).toMatchObject({ code: 'ImageNotUsable' });
  });
});
