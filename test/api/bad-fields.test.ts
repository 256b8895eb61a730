import { copyImage } from '../../functions/copy-image.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { importImage } from '../../functions/import-image.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { actions } from '../../scripts/actions.ts';
import { type Api, anImageOf, type Callable, type Fields, type Member, problemIn, requestOf } from '../support/client.ts';
import { compute, freshMember, operator, withToken } from '../support/in-process.ts';

const region = 'ap-guangzhou';
const all = (await actions()).map(({ action }) => ({ name: action.name, action: action as Callable }));

let owner: Member;
let imageId: string;

beforeAll(async () => {
  owner = await freshMember();
  imageId = (await anImageOf(owner, region)).imageId;
});

/** Returns a client whose caller can call the action. */
const callerOf = ({ callers }: Callable): Api =>
  callers.includes('tenant')
    ? owner
    : callers.includes('operator')
      ? operator()
      : callers.includes('compute')
        ? compute()
        : withToken();

const bodies: Readonly<Record<string, Fields>> = {
  ImportImage: { name: 'a', sizeGiB: 1 },
  CopyImage: { destinationRegion: region },
  ShareImage: { recipients: ['a'] },
  SetImageShares: { recipients: [] },
  ChangeImageShares: { add: ['a'] },
  UpdateImage: {},
  SaveSharedImage: {},
  RunInstance: { imageId: 'img-1' },
  ReinstallInstance: { imageId: 'img-1' },
  CreateImageFromInstance: { name: 'a' },
  PutTrustedOwners: { owners: [] },
  UpdateAccessKey: { state: 'disabled' },
  PutPublicImage: { name: 'a', sizeGiB: 1 },
  ReportImageState: { state: 'available' },
  PutAccount: { name: 'a' },
  PutProject: { name: 'a' },
};
const paths = { region, imageId: 'img-1', instanceId: 'ins-1', principal: 'h', accountId: 'a', projectId: 'p', keyId: 'k' };

const refusal = async (action: Callable, path: Fields, { query = '', body }: { query?: string; body?: unknown } = {}) => {
  const inPath = Object.entries(paths).filter(([name]) => Object.hasOwn(action.path.shape, name));
  const request = requestOf(action, { ...Object.fromEntries(inPath), ...path, ...bodies[action.name] });
  const answer = await callerOf(action).send(request.method, `${request.path}${query}`, {
    ...((body ?? request.body) !== undefined && { body: body ?? request.body }),
  });
  return problemIn(answer);
};
const invalidAt = (...ids: string[]) => ({
  status: 400,
  code: 'InvalidRequest',
  detail: expect.stringContaining(ids[0] as string),
  offenders: expect.arrayContaining(ids.map((id) => expect.objectContaining({ id, code: 'InvalidRequest' }))),
});

describe.each(all)('$name', ({ action }) => {
  it.each(['unknown', '__proto__', 'constructor'])('refuses the unknown parameter %s', async (name) => {
    expect(await refusal(action, {}, { query: `?${name}=1` })).toMatchObject(invalidAt(name));
  });

  it('refuses ids in its path that are too long, contain invalid characters, or are property names of JavaScript', async () => {
    const route = action.routes.toSorted((a, b) => b.length - a.length)[0] ?? '';
    for (const [, name = ''] of route.matchAll(/\{(\w+)\}/g)) {
      for (const id of ['a'.repeat(300), '__proto__', 'a b', 'a\u0000', '\u00e4', '-a', 'a/b', '%', "a'or'1", '#', '{}']) {
        expect(await refusal(action, { [name]: id })).toMatchObject(invalidAt(name));
      }
    }
  });

  it('refuses a region that does not exist', async () => {
    if (action.routes[0]?.includes('{region}')) {
      for (const unknown of ['nowhere', 'constructor', 'AP-GUANGZHOU', 'a'.repeat(32)]) {
        const fields = action.name === 'CancelImageShares' ? { region: unknown, recipient: 'h' } : { region: unknown };
        expect(await refusal(action, fields)).toMatchObject({ status: 404, code: 'RegionNotFound' });
      }
    }
  });

  it('refuses unknown fields in its body, and any body if it has none', async () => {
    if (action.body !== undefined) {
      for (const name of ['unknown', '__proto__', 'constructor', 'prototype']) {
        const fields = Object.entries(bodies[action.name] ?? {}).map(([field, value]) => `"${field}":${JSON.stringify(value)}`);
        const body = `{${[...fields, `"${name}":{"a":1}`].join(',')}}`;
        expect(await refusal(action, {}, { body })).toMatchObject(invalidAt(name));
      }
    } else if (action.changes) {
      expect(await refusal(action, {}, { body: { unknown: 1 } })).toMatchObject(invalidAt('body'));
    }
  });

  it('refuses an invalid or repeated dryRun', async () => {
    if (action.changes) {
      for (const query of ['?dryRun=1', '?dryRun=', '?dryRun=TRUE', '?dryRun=true&dryRun=true']) {
        expect(await refusal(action, {}, { query })).toMatchObject(invalidAt('dryRun'));
      }
    } else {
      expect(await refusal(action, {}, { query: '?dryRun=true' })).toMatchObject(invalidAt('dryRun'));
    }
  });
});

describe('the body of ImportImage', () => {
  it.each([
    { name: undefined, at: 'name' },
    { name: '', at: 'name' },
    { name: '  ', at: 'name' },
    { name: 'a\nb', at: 'name' },
    { name: 'a\u0000', at: 'name' },
    { name: 'a\u001b[31m', at: 'name' },
    { name: 'a\ud800', at: 'name' },
    { name: '\u00e4'.repeat(65), at: 'name' },
    { name: 7, at: 'name' },
    { name: null, at: 'name' },
    { name: ['a'], at: 'name' },
    { description: 'a'.repeat(769), at: 'description' },
    { description: '\udc00', at: 'description' },
    { sizeGiB: undefined, at: 'sizeGiB' },
    { sizeGiB: 0, at: 'sizeGiB' },
    { sizeGiB: -1, at: 'sizeGiB' },
    { sizeGiB: 1.5, at: 'sizeGiB' },
    { sizeGiB: 65_537, at: 'sizeGiB' },
    { sizeGiB: 1e21, at: 'sizeGiB' },
    { sizeGiB: Number.MAX_VALUE, at: 'sizeGiB' },
    { sizeGiB: '1', at: 'sizeGiB' },
    { sizeGiB: true, at: 'sizeGiB' },
    { disks: {}, at: 'disks' },
    { disks: [1], at: 'disks[0]' },
    { disks: [{ sizeGiB: 1 }, { sizeGiB: 0 }], at: 'disks[1].sizeGiB' },
    { disks: [{ sizeGiB: 1, unknown: 1 }], at: 'disks[0].unknown' },
    { disks: Array(17).fill({ sizeGiB: 1 }), at: 'disks' },
    { os: 'a'.repeat(33), at: 'os' },
    { architecture: 'mips', at: 'architecture' },
    { product: 'heavy', at: 'product' },
    { encryption: 'constructor', at: 'encryption' },
    { state: 'failed', at: 'state' },
    { tags: [], at: 'tags' },
    { tags: { a: 1 }, at: 'tags.a' },
    { tags: { '': 'a' }, at: 'tags.' },
    { tags: { ' a': 'a' }, at: 'tags. a' },
    { tags: { 'a:b': 'a' }, at: 'tags.a:b' },
    { tags: { ['a'.repeat(33)]: 'a' }, at: `tags.${'a'.repeat(33)}` },
    { tags: { a: 'a'.repeat(65) }, at: 'tags.a' },
    { tags: { a: 'b\u0007' }, at: 'tags.a' },
    { tags: { a: '\ud83d' }, at: 'tags.a' },
    { tags: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, ''])), at: 'tags' },
    {
      tags: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`${at}`.padEnd(32, 'k'), 'v'.repeat(64)])),
      at: 'tags',
    },
  ])('is refused at $at %#', async ({ at, ...fields }) => {
    const body = { name: 'a', sizeGiB: 1, ...fields };

    expect(await owner.refused(importImage, { region, ...body })).toMatchObject(invalidAt(at));
  });

  it('is refused with a list of all invalid paths', async () => {
    expect(await owner.refused(importImage, { region, name: 7, sizeGiB: 'a', disks: [{}], tags: { a: 1 } })).toMatchObject(
      invalidAt('name', 'sizeGiB', 'disks[0].sizeGiB', 'tags.a'),
    );
  });
});

describe('the body of ShareImage', () => {
  it.each([
    { recipients: undefined, at: 'recipients' },
    { recipients: [], at: 'recipients' },
    { recipients: 'a', at: 'recipients' },
    { recipients: { 0: 'a' }, at: 'recipients' },
    { recipients: Array.from({ length: 51 }, (_, at) => `r${at}`), at: 'recipients' },
    { recipients: ['a', 'a'.repeat(300)], at: 'recipients[1]' },
    { recipients: ['__proto__'], at: 'recipients[0]' },
    { recipients: [''], at: 'recipients[0]' },
    { recipients: [1], at: 'recipients[0]' },
    { recipients: [null], at: 'recipients[0]' },
    { recipients: [['a']], at: 'recipients[0]' },
    { recipients: ['a\u0000'], at: 'recipients[0]' },
    { acknowledgeRisk: 'true', at: 'acknowledgeRisk' },
    { acknowledgeRisk: 1, at: 'acknowledgeRisk' },
    { expiresAt: 1e300, at: 'expiresAt' },
    { expiresAt: 'tomorrow', at: 'expiresAt' },
    { expiresAt: '', at: 'expiresAt' },
    { expiresAt: '2030-02-30T00:00:00Z', at: 'expiresAt' },
    { expiresAt: '2030-01-01T00:00:00', at: 'expiresAt' },
    { expiresAt: '-002030-01-01T00:00:00Z', at: 'expiresAt' },
    { expiresAt: '+012030-01-01T00:00:00Z', at: 'expiresAt' },
    { expiresAt: '0000-01-01T00:00:00+14:00', at: 'expiresAt' },
  ])('is refused at $at %#', async ({ at, ...fields }) => {
    const body = { recipients: [owner.account], ...fields };

    const problem = await owner.refused(shareImage, { region, imageId, ...body });

    expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(problem.offenders?.map(({ id }) => id)).toEqual([at]);
  });
});

const ids300 = 'a'.repeat(300);
const tooManyTags = Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, '']));

describe('the body of SetImageShares', () => {
  it.each([
    { recipients: undefined, at: 'recipients' },
    { recipients: 'a', at: 'recipients' },
    { recipients: null, at: 'recipients' },
    { recipients: Array.from({ length: 51 }, (_, at) => `r${at}`), at: 'recipients' },
    { recipients: ['a', ids300], at: 'recipients[1]' },
    { recipients: ['__proto__'], at: 'recipients[0]' },
    { recipients: [1], at: 'recipients[0]' },
    { recipients: [['a']], at: 'recipients[0]' },
    { acknowledgeRisk: 'true', at: 'acknowledgeRisk' },
    { acknowledgeRisk: null, at: 'acknowledgeRisk' },
    { expiresAt: 'tomorrow', at: 'expiresAt' },
    { expiresAt: 0, at: 'expiresAt' },
  ])('is refused at $at %#', async ({ at, ...fields }) => {
    const problem = await owner.refused(setImageShares, { region, imageId, recipients: [owner.account], ...fields });

    expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(problem.offenders?.map(({ id }) => id)).toEqual([at]);
  });
});

describe.each([
  { action: runInstance as Callable, path: {} },
  { action: reinstallInstance as Callable, path: { instanceId: 'ins-1' } },
])('the body of $action.name', ({ action, path }) => {
  it.each([undefined, '', 7, null, true, ['img-1'], { id: 'img-1' }, ids300, '__proto__', 'a b', 'a\u0000', '\u00e4'])(
    'refuses the image id %j',
    async (id) => {
      expect(await owner.refused(action, { region, ...path, imageId: id })).toMatchObject(invalidAt('imageId'));
    },
  );
});

describe('the product of RunInstance', () => {
  it.each(['', 'heavy', 'constructor', 7, null, ['standard']])('is refused as %j', async (product) => {
    expect(await owner.refused(runInstance, { region, imageId, product })).toMatchObject(invalidAt('product'));
  });
});

describe('the body of CreateImageFromInstance', () => {
  it.each([
    { name: undefined, at: 'name' },
    { name: ' ', at: 'name' },
    { name: 7, at: 'name' },
    { name: '\u00e4'.repeat(65), at: 'name' },
    { name: 'a\nb', at: 'name' },
    { description: 'a'.repeat(769), at: 'description' },
    { description: null, at: 'description' },
    { tags: [], at: 'tags' },
    { tags: { a: 1 }, at: 'tags.a' },
    { tags: tooManyTags, at: 'tags' },
  ])('is refused at $at %#', async ({ at, ...fields }) => {
    const call = { region, instanceId: 'ins-1', name: 'a', ...fields };

    expect(await owner.refused(createImageFromInstance, call)).toMatchObject(invalidAt(at));
  });
});

describe('the name of SaveSharedImage', () => {
  it.each(['', ' ', 7, null, 'a\nb', 'a\u0000', 'a\ud800', '\u00e4'.repeat(65), ['a']])('is refused as %j', async (name) => {
    expect(await owner.refused(saveSharedImage, { region, imageId, name })).toMatchObject(invalidAt('name'));
  });
});

describe('the body of UpdateAccessKey', () => {
  it.each([undefined, null, '', 'Active', 'deleted', true, ['active'], { state: 'active' }])(
    'refuses the state %j',
    async (state) => {
      expect(await owner.refused(updateAccessKey, { keyId: 'AK1', state })).toMatchObject(invalidAt('state'));
    },
  );
});

describe('the body of PutTrustedOwners', () => {
  it.each([
    { owners: undefined, at: 'owners' },
    { owners: 'a', at: 'owners' },
    { owners: null, at: 'owners' },
    { owners: {}, at: 'owners' },
    { owners: Array.from({ length: 101 }, (_, at) => `o${at}`), at: 'owners' },
    { owners: ['a', ids300], at: 'owners[1]' },
    { owners: ['__proto__'], at: 'owners[0]' },
    { owners: [''], at: 'owners[0]' },
    { owners: [1], at: 'owners[0]' },
    { owners: [null], at: 'owners[0]' },
    { owners: [['a']], at: 'owners[0]' },
  ])('is refused at $at %#', async ({ at, owners }) => {
    expect(await owner.refused(putTrustedOwners, { owners })).toMatchObject(invalidAt(at));
  });
});

describe('the body of PutPublicImage', () => {
  it.each([
    { name: undefined, at: 'name' },
    { name: '', at: 'name' },
    { name: 7, at: 'name' },
    { description: 7, at: 'description' },
    { sizeGiB: undefined, at: 'sizeGiB' },
    { sizeGiB: 0, at: 'sizeGiB' },
    { sizeGiB: 1.5, at: 'sizeGiB' },
    { sizeGiB: 65_537, at: 'sizeGiB' },
    { sizeGiB: '1', at: 'sizeGiB' },
    { os: 'a'.repeat(33), at: 'os' },
    { os: null, at: 'os' },
    { architecture: 'mips', at: 'architecture' },
    { product: 'heavy', at: 'product' },
    { tags: { a: 1 }, at: 'tags.a' },
    { tags: tooManyTags, at: 'tags' },
    { deprecated: 'true', at: 'deprecated' },
    { deprecated: null, at: 'deprecated' },
    { disks: [{ sizeGiB: 1 }], at: 'disks' },
  ])('is refused at $at %#', async ({ at, ...fields }) => {
    const call = { region, imageId: 'pub-1', name: 'a', sizeGiB: 1 };
    const { method, path, body } = requestOf(putPublicImage as Callable, call);
    const answer = await operator().send(method, path, { body: { ...(body as object), ...fields } });

    expect(problemIn(answer)).toMatchObject(invalidAt(at));
  });
});

describe('the query of ListInstances', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1&limit=2', 'limit'],
    [`imageId=${ids300}`, 'imageId'],
    ['imageId=__proto__', 'imageId'],
    ['imageId=a&imageId=b', 'imageId'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${'a'.repeat(2_049)}`, 'cursor'],
    ['region=cn-bj2', 'region'],
  ])('%s is refused at %s', async (query, at) => {
    expect(problemIn(await owner.send('GET', `/v1/regions/${region}/instances?${query}`))).toMatchObject(invalidAt(at));
  });
});

describe('the query of ListImages', () => {
  it.each([
    ['scope=everything', 'scope'],
    ['scope=', 'scope'],
    ['scope=all&scope=public', 'scope'],
    ['trusted=1', 'trusted'],
    ['trusted=true&trusted=true', 'trusted'],
  ])('%s is refused at %s', async (query, at) => {
    expect(problemIn(await owner.send('GET', `/v1/regions/${region}/images?${query}`))).toMatchObject(invalidAt(at));
  });
});

describe('the body of CopyImage', () => {
  it.each([
    { destinationRegion: undefined, status: 400, code: 'InvalidRequest' },
    { destinationRegion: 'nowhere', status: 404, code: 'RegionNotFound' },
    { destinationRegion: 'cn-hangzhou', status: 400, code: 'InvalidRequest' },
    { destinationRegion: region, project: 'org-1', status: 400, code: 'InvalidRequest' },
    { destinationRegion: region, name: '', status: 400, code: 'InvalidRequest' },
  ])('is refused with $code %#', async ({ status, code, ...fields }) => {
    expect(await owner.refused(copyImage, { region, imageId, ...fields })).toMatchObject({ status, code });
  });
});
