import {
  accessKeyView,
  imageView,
  inOrderOfSharing,
  instanceView,
  recordView,
  sharesView,
  shareView,
} from '../../lib/rules/views.ts';
import {
  anAccessKey,
  anImage,
  anImageIn,
  anInstance,
  aPublicImageIn,
  aShare,
  fixtureOf,
  noon,
  noonSeconds,
  policyFixtures,
  principal,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';

const [h01, h02] = [principal('h01'), principal('h02')];

describe.each(policyFixtures)('imageView under $name', (fixture) => {
  const facts = { policy: fixture.policy, now: noon };
  const image = anImageIn(fixture, { recipients: { [h01]: 0, [h02]: noonSeconds }, tags: { tier: 'web' } });

  it('shows the owner the number of live shares', () => {
    expect(imageView(image, 'owned', facts)).toMatchObject({ visibility: 'owned', shareCount: 1 });
  });

  it('shows a recipient nothing about other recipients', () => {
    const view = imageView(image, 'shared', facts);

    expect(view).not.toHaveProperty('shareCount');
    expect(view).toEqual(imageView({ ...image, recipients: sharedWith([h02, ...principals(40)]) }, 'shared', facts));
  });

  it('shows a recipient the owner, name, description, and tags', () => {
    expect(imageView({ ...image, description: 'd' }, 'shared', facts)).toMatchObject({
      owner: image.owner,
      name: image.name,
      description: 'd',
      tags: { tier: 'web' },
      visibility: 'shared',
    });
  });

  it('shows a recipient when the image was shared with it, and when its own share expires', () => {
    const shared = { ...image, recipients: { [h01]: 0, [h02]: noonSeconds + 60 } };

    expect(imageView(shared, 'shared', { ...facts, principal: h02, sharedAt: noon })).toMatchObject({
      sharedAt: noon.toISOString(),
      expiresAt: secondsFromNoon(60).toISOString(),
    });
    expect(imageView(shared, 'shared', { ...facts, principal: h01, sharedAt: noon })).not.toHaveProperty('expiresAt');
    expect(imageView(shared, 'owned', { ...facts, principal: h02, sharedAt: noon })).toStrictEqual(
      imageView(shared, 'owned', facts),
    );
  });

  it('shows why the state is what it is, and where the image is from, if that is known', () => {
    const known = { stateReason: 'boot check', origin: 'import' } as const;

    expect(imageView({ ...image, ...known }, 'owned', facts)).toMatchObject(known);
    expect(Object.keys(imageView(image, 'owned', facts))).not.toEqual(expect.arrayContaining(['stateReason']));
    expect(Object.keys(imageView(image, 'owned', facts))).not.toEqual(expect.arrayContaining(['origin']));
  });

  it('shows everyone all disks of a public image, but no share count', () => {
    const view = imageView(aPublicImageIn(fixture, { disksGiB: [20, 40] }), 'public', facts);

    expect(view).toMatchObject({ visibility: 'public', owner: 'public', disksGiB: [20, 40] });
    expect(view).not.toHaveProperty('shareCount');
  });

  it('shows the products and the revision of the details', () => {
    const crossProductImage = anImageIn(fixture, { products: ['standard', 'lightweight'], revision: 9, detailsRevision: 3 });

    expect(imageView(crossProductImage, 'shared', facts)).toMatchObject({ products: ['standard', 'lightweight'], revision: 3 });
  });

  it('shows the owner all disks', () => {
    expect(imageView({ ...image, disksGiB: [20, 40] }, 'owned', facts)).toMatchObject({ disksGiB: [20, 40], sizeGiB: 60 });
  });
});

describe('imageView of an image with data disks, to a recipient', () => {
  it.each([
    ['alibaba', [20, 40], 60],
    ['ucloud', [20], 20],
  ])('shows under %s the disks %j', (name, disksGiB, sizeGiB) => {
    const fixture = fixtureOf(name);
    const view = imageView(anImageIn(fixture, { disksGiB: [20, 40] }), 'shared', { policy: fixture.policy, now: noon });

    expect(view).toMatchObject({ disksGiB, sizeGiB });
  });
});

describe('shareView', () => {
  it('contains share time and actor, and no end if there is none', () => {
    expect(shareView(aShare(), 0)).toEqual({ recipient: 'h01', sharedAt: noon.toISOString(), sharedBy: 'owner' });
  });

  it('contains the end time', () => {
    expect(shareView(aShare(), noonSeconds).expiresAt).toBe(noon.toISOString());
  });
});

describe('shareView of a share that was used', () => {
  it('contains the time of last use', () => {
    expect(shareView(aShare({ lastUsedAt: secondsFromNoon(60) }), 0).lastUsedAt).toBe(secondsFromNoon(60).toISOString());
  });
});

describe('accessKeyView', () => {
  it('contains the time of last use, if there is one', () => {
    expect(accessKeyView(anAccessKey({ lastUsedAt: noon })).lastUsedAt).toBe(noon.toISOString());
    expect(accessKeyView(anAccessKey())).not.toHaveProperty('lastUsedAt');
  });
});

describe('instanceView', () => {
  it('contains everything about an instance except its encryption', () => {
    const { encryption: _, ...instance } = anInstance({ disksGiB: [20, 40] });

    expect(instanceView(anInstance({ disksGiB: [20, 40] }), anImage(), noon)).toEqual({
      ...instance,
      imageStatus: 'available',
      imageName: 'web',
      state: 'running',
      createdAt: noon.toISOString(),
    });
  });
});

describe('instanceView of an instance whose principal cannot see the image', () => {
  it.each([
    ['deleted', undefined],
    ['deleted', anImage({ state: 'deleted', deletedAt: noon })],
    ['not-shared', anImage({ owner: h01, name: 'secret' })],
    ['not-shared', anImage({ owner: h01, name: 'secret', state: 'failed' })],
  ] as const)('says that it is %s, and nothing else about it', (imageStatus, image) => {
    const view = instanceView(anInstance(), image, noon);

    expect(view).toMatchObject({ imageId: anInstance().imageId, imageStatus });
    expect(view).not.toHaveProperty('imageName');
  });
});

describe('sharesView', () => {
  it.each(policyFixtures)('contains cap, used, and remaining under $name', (fixture) => {
    expect(sharesView(anImageIn(fixture), { live: sharedWith(principals(3)) }, [], fixture.policy)).toMatchObject({
      cap: 50,
      used: 3,
      remaining: 47,
    });
  });

  it('never returns a negative remaining count', () => {
    const { policy } = fixtureOf('tencent');

    expect(
      sharesView(anImageIn(fixtureOf('tencent')), { live: sharedWith(principals(3)) }, [], {
        ...policy,
        recipientsPerImageMax: 2,
      }).remaining,
    ).toBe(0);
  });
});

describe('inOrderOfSharing', () => {
  it('sorts by time, then by recipient', () => {
    const shareAt = (recipient: string, ms: number) =>
      shareView(aShare({ recipient: principal(recipient), sharedAt: new Date(noon.getTime() + ms) }), 0);
    const sorted = [shareAt('c', 0), shareAt('b', 1), shareAt('a', 1), shareAt('d', -1)].sort(inOrderOfSharing);

    expect(sorted.map(({ recipient }) => recipient)).toEqual(['d', 'c', 'a', 'b']);
  });
});

describe('recordView', () => {
  it('contains everything except the principal of the list', () => {
    const { region, imageId } = anImageIn(fixtureOf('tencent'));
    const common = {
      id: '1',
      actor: 'owner',
      from: '192.0.2.1',
      action: 'ShareImage' as const,
      region,
      imageId,
      requestId: 'r',
      recipients: [h01],
    };

    expect(recordView({ ...common, at: noon, principal: principal('owner'), principalKind: 'account' })).toEqual({
      ...common,
      at: noon.toISOString(),
    });
  });

  it('contains what the record says about the change', () => {
    const { region, imageId } = anImage();
    const details = {
      added: [h01],
      rescheduled: [h02],
      reason: 'left' as const,
      changes: ['name' as const],
      state: 'available' as const,
      source: { region, imageId },
    };
    const record = {
      ...{ id: '1', at: noon, actor: 'owner', action: 'ChangeImageShares' as const, region, imageId, requestId: 'r' },
      ...{ principal: principal('owner'), principalKind: 'account' as const, endsAt: 0, previousEnds: { [h02]: noonSeconds } },
    };

    expect(recordView({ ...record, ...details })).toMatchObject({
      ...details,
      expiresAt: null,
      previousExpirations: { [h02]: noon.toISOString() },
    });
    for (const field of Object.keys(details)) {
      expect(recordView(record)).not.toHaveProperty(field);
    }
  });
});
