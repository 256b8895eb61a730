import { planCancel, planLeave, recipientsToCancel } from '../../lib/rules/cancel-shares.ts';
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

const [h01, h02, h03] = [principal('h01'), principal('h02'), principal('h03')];

describe('recipientsToCancel', () => {
  it.each([
    ['the recipient in the path', { recipient: h01 }, [h01]],
    ['the recipients in the query', { recipient: [h01, h02] }, [h01, h02]],
    ['all', { all: true }, 'all'],
    ['the recipients in the query, with all set to false', { recipient: [h01], all: false }, [h01]],
  ] as const)('returns %s', (_, fields, expected) => {
    expect(recipientsToCancel(fields)).toEqual(expected);
  });

  it.each([
    ['no recipient', {}],
    ['no recipient, with all set to false', { all: false }],
    ['a recipient and all', { recipient: [h01], all: true }],
    ['a recipient in the path and all', { recipient: h01, all: true }],
  ])('refuses %s with InvalidRequest', (_, fields) => {
    expect(thrownBy(() => recipientsToCancel(fields))).toMatchObject({
      code: 'InvalidRequest',
      details: { offenders: [{ id: 'recipient' }] },
    });
  });
});

describe.each(policyFixtures)('planCancel under $name', (fixture) => {
  const image = anImageIn(fixture, { recipients: { ...sharedWith([h01, h02]), [h03]: noonSeconds } });
  const facts = (name: string) => ({ image, principal: principal(name), policy: fixture.policy, stamp: aStamp() });
  const owner = fixture.principalOf('owner');

  it('lets the owner stop one share and counts the remaining ones', () => {
    expect(planCancel({ key: image, remove: [h01], isInPath: false }, facts(owner)).result).toEqual({
      imageId: image.imageId,
      cancelled: [h01],
      notShared: [],
      used: 1,
      remaining: 49,
    });
  });

  it('lets the owner stop every live share', () => {
    expect(planCancel({ key: image, remove: 'all', isInPath: false }, facts(owner)).result).toMatchObject({
      cancelled: [h01, h02],
      used: 0,
    });
  });

  it('changes nothing for a share that does not exist, and reports it', () => {
    const { steps, result } = planCancel({ key: image, remove: [principal('h09'), h03], isInPath: false }, facts(owner));

    expect(steps).toEqual([]);
    expect(result).toMatchObject({ cancelled: [], notShared: ['h09', h03], used: 2 });
  });

  it('records only the recipients whose shares are stopped', () => {
    const { steps } = planCancel({ key: image, remove: [h01, h03], isInPath: false }, facts(owner));

    expect(steps).toContainEqual(
      expect.objectContaining({
        record: expect.objectContaining({ action: 'CancelImageShares', recipients: [h01], principal: owner }),
      }),
    );
    expect(steps[1]).not.toHaveProperty('record.reason');
  });

  it.each([
    ["another's share in the path", [h02], true],
    ["another's share in the query", [h02], false],
    ['its own share in the query', [h01], false],
    ['all', 'all', false],
  ] as const)('refuses a recipient that stops %s by owner.cancels', (_, remove, isInPath) => {
    expect(thrownBy(() => planCancel({ key: image, remove, isInPath }, facts('h01')))).toMatchObject({
      code: 'NotOwner',
      details: { rule: 'owner.cancels' },
    });
  });

  it('treats an owner that names itself in the path as an owner', () => {
    expect(planCancel({ key: image, remove: [principal(owner)], isInPath: true }, facts(owner)).result).toMatchObject({
      notShared: [owner],
      used: 2,
    });
  });

  it('refuses a recipient whose share has expired with ImageNotFound', () => {
    expect(thrownBy(() => planCancel({ key: image, remove: [h03], isInPath: true }, facts('h03')))).toMatchObject({
      code: 'ImageNotFound',
    });
  });

  it('refuses a stranger with ImageNotFound', () => {
    expect(thrownBy(() => planCancel({ key: image, remove: 'all', isInPath: false }, facts('h09')))).toMatchObject({
      code: 'ImageNotFound',
    });
  });
});

describe('planCancel by a recipient, on its own share', () => {
  const leave = (policyName: string) => {
    const fixture = fixtureOf(policyName);
    const image = anImageIn(fixture, { recipients: sharedWith([h01, h02]) });
    return planCancel(
      { key: image, remove: [h01], isInPath: true },
      { image, principal: h01, policy: fixture.policy, stamp: aStamp() },
    );
  };

  it.each(['tencent', 'alibaba'])('stops it under %s and returns nothing about the others', (name) => {
    expect(leave(name).result).toEqual({ imageId: 'img-00000001', cancelled: [h01], notShared: [] });
  });

  it('is refused under UCloud by received.leave', () => {
    expect(thrownBy(() => leave('ucloud'))).toMatchObject({ code: 'NotOwner', details: { rule: 'received.leave' } });
  });
});

describe.each(policyFixtures)('planLeave under $name', (fixture) => {
  const image = anImageIn(fixture, { recipients: { [h03]: noonSeconds } });

  it.each([h01, h03, image.owner])('does nothing for %s, with whom the image is not shared', (name) => {
    expect(planLeave(image, { principal: name, policy: fixture.policy, stamp: aStamp() })).toEqual({ steps: [], result: false });
  });
});
