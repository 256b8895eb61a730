import type { ImageState } from '../../lib/model/image.ts';
import { planReport, planUpdate } from '../../lib/rules/update-image.ts';
import { anImageIn, aStamp, heldBy, holder, noonSeconds, placeOf, places, thrownBy } from '../support/builders.ts';

const h01 = holder('h01');

describe.each(places)('planUpdate under $name', (place) => {
  const facts = { policy: place.policy, stamp: aStamp() };

  it('changes what is stated and leaves the rest', () => {
    const image = anImageIn(place, { description: 'old', labels: { tier: 'web' } });
    const { answer, steps } = planUpdate({ name: 'new' }, image, facts);

    expect(answer).toEqual({ ...image, name: 'new' });
    expect(steps[0]).toMatchObject({ do: 'change-image', change: { details: { name: 'new' } } });
  });

  it('lets the owner rename an image while it is shared', () => {
    expect(planUpdate({ name: 'new' }, anImageIn(place, { recipients: heldBy([h01]) }), facts).answer.name).toBe('new');
  });

  it('does nothing when everything is as stated, the order of labels aside', () => {
    const image = anImageIn(place, { labels: { a: '1', b: '2' } });
    const edit = { name: image.name, description: image.description, labels: { b: '2', a: '1' }, deprecated: false };

    expect(planUpdate(edit, image, facts)).toEqual({ steps: [], answer: image });
  });

  it('takes away the labels that are not named', () => {
    const { answer } = planUpdate({ labels: { b: '2' } }, anImageIn(place, { labels: { a: '1', b: '2' } }), facts);

    expect(answer.labels).toEqual({ b: '2' });
  });

  it.each([
    ['deprecates an available image', 'available', true, 'deprecated'],
    ['makes a deprecated image available again', 'deprecated', false, 'available'],
    ['leaves a deprecated image deprecated', 'deprecated', true, 'deprecated'],
    ['leaves an available image available', 'available', false, 'available'],
  ] as const)('%s', (_, from, deprecated, to) => {
    expect(planUpdate({ deprecated }, anImageIn(place, { state: from }), facts).answer.state).toBe(to);
  });

  it.each(['pending', 'copying', 'failed'] as const)('refuses to deprecate a %s image with ImageNotUsable', (state) => {
    expect(thrownBy(() => planUpdate({ deprecated: true }, anImageIn(place, { state }), facts))).toMatchObject({
      code: 'ImageNotUsable',
      details: { rule: 'owner.deprecates' },
    });
  });

  it('deprecates an image whose shares have all ended', () => {
    const image = anImageIn(place, { recipients: { [h01]: noonSeconds } });

    expect(planUpdate({ deprecated: true }, image, facts).answer.state).toBe('deprecated');
  });
});

describe('planUpdate of a shared image', () => {
  const deprecate = (policyName: string) => {
    const place = placeOf(policyName);
    const image = anImageIn(place, { recipients: heldBy([h01]) });
    return planUpdate({ deprecated: true }, image, { policy: place.policy, stamp: aStamp() });
  };

  it.each(['tencent', 'ucloud'])('deprecates it under %s, and its shares stay', (name) => {
    expect(deprecate(name).answer).toMatchObject({ state: 'deprecated', recipients: { h01: 0 } });
  });

  it('refuses to deprecate it under alibaba with ImageShared and lists who holds it', () => {
    expect(thrownBy(() => deprecate('alibaba'))).toMatchObject({
      code: 'ImageShared',
      details: { rule: 'owner.deprecates', holders: [h01], used: 1 },
    });
  });

  it('deprecates an unshared one under alibaba only while nobody was added', () => {
    const place = placeOf('alibaba');
    const { steps } = planUpdate({ deprecated: true }, anImageIn(place), { policy: place.policy, stamp: aStamp() });

    expect(steps[0]).toMatchObject({ expect: { state: 'available', exactly: {} } });
  });
});

describe('planReport', () => {
  const place = placeOf('tencent');
  const report = (from: ImageState, state: 'available' | 'failed') =>
    planReport({ state, reason: 'said so' }, anImageIn(place, { state: from }), { policy: place.policy, stamp: aStamp() });

  it.each([
    ['pending', 'available'],
    ['pending', 'failed'],
    ['copying', 'available'],
    ['copying', 'failed'],
  ] as const)('makes a %s image %s', (from, to) => {
    expect(report(from, to).answer).toMatchObject({ state: to, stateReason: 'said so' });
  });

  it.each(['available', 'failed'] as const)('does nothing when the image is %s already', (state) => {
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
