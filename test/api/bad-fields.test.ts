import { copyImage } from '../../functions/copy-image.ts';
import { createImageFromInstance } from '../../functions/create-image-from-instance.ts';
import { importImage } from '../../functions/import-image.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { actions } from '../../scripts/actions.ts';
import { type Api, anImageOf, type Callable, type Fields, type Member, problemIn, requestOf } from '../support/client.ts';
import { compute, freshMember, operator, withToken } from '../support/in-process.ts';

const region = 'ap-guangzhou';
const allActions = (await actions()).map(({ action }) => ({ name: action.name, action: action as Callable }));

let owner: Member;
let imageId: string;

beforeAll(async () => {
  owner = await freshMember();
  imageId = (await anImageOf(owner, region)).imageId;
});

/** Returns a client whose caller can call the action. */
const clientFor = ({ callers }: Callable): Api =>
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
  StartCopyJob: { destinations: [{ region }], recipients: ['a'] },
  SetImageShares: { recipients: [] },
  ChangeImageShares: { add: ['a'] },
  UpdateImage: {},
  SaveSharedImage: {},
  RunInstance: { imageId: 'img-1' },
  ReinstallInstance: { imageId: 'img-1' },
  CreateImageFromInstance: { name: 'a' },
  PutAddressBookEntry: { name: 'a' },
  PutShareAcceptance: { from: 'anyone', blockedOwners: [] },
  PutTrustedOwners: { owners: [] },
  UpdateAccessKey: { state: 'disabled' },
  PutPublicImage: { name: 'a', sizeGiB: 1 },
  ReportImageState: { state: 'available' },
  PutAccount: { name: 'a' },
  PutProject: { name: 'a' },
};
const paths = {
  region,
  imageId: 'img-1',
  instanceId: 'ins-1',
  principal: 'h',
  accountId: 'a',
  projectId: 'p',
  keyId: 'k',
  jobId: 'j',
  principalId: 'h',
};

const refusal = async (action: Callable, path: Fields, { query = '', body }: { query?: string; body?: unknown } = {}) => {
  const inPath = Object.entries(paths).filter(([name]) => Object.hasOwn(action.path.shape, name));
  const request = requestOf(action, { ...Object.fromEntries(inPath), ...path, ...bodies[action.name] });
  const response = await clientFor(action).send(request.method, `${request.path}${query}`, {
    ...((body ?? request.body) !== undefined && { body: body ?? request.body }),
  });
  return problemIn(response);
};
const invalidRequest = (...ids: string[]) => ({
  status: 400,
  code: 'InvalidRequest',
  detail: expect.stringContaining(ids[0] as string),
  offenders: expect.arrayContaining(ids.map((id) => expect.objectContaining({ id, code: 'InvalidRequest' }))),
});

describe.each(allActions)('$name', ({ action }) => {
  it.each(['unknown', '__proto__', 'constructor'])('refuses the unknown parameter %s', async (name) => {
    expect(await refusal(action, {}, { query: `?${name}=1` })).toMatchObject(invalidRequest(name));
  });

  it('refuses ids in its path that are too long, contain invalid characters, or are property names of JavaScript', async () => {
    const route = action.routes.toSorted((a, b) => b.length - a.length)[0] ?? '';
    for (const [, name = ''] of route.matchAll(/\{(\w+)\}/g)) {
      for (const id of ['a'.repeat(300), '__proto__', 'a b', 'a\u0000', '\u00e4', '-a', 'a/b', '%', "a'or'1", '#', '{}']) {
        expect(await refusal(action, { [name]: id })).toMatchObject(invalidRequest(name));
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
        expect(await refusal(action, {}, { body })).toMatchObject(invalidRequest(name));
      }
    } else if (action.changes) {
      expect(await refusal(action, {}, { body: { unknown: 1 } })).toMatchObject(invalidRequest('body'));
    }
  });

  it('refuses an invalid or repeated dryRun', async () => {
    if (action.changes) {
      for (const query of ['?dryRun=1', '?dryRun=', '?dryRun=TRUE', '?dryRun=true&dryRun=true']) {
        expect(await refusal(action, {}, { query })).toMatchObject(invalidRequest('dryRun'));
      }
    } else {
      expect(await refusal(action, {}, { query: '?dryRun=true' })).toMatchObject(invalidRequest('dryRun'));
    }
  });
});

describe('the body of ImportImage', () => {
  it.each([
    { name: undefined, field: 'name' },
    { name: '', field: 'name' },
    { name: '  ', field: 'name' },
    { name: 'a\nb', field: 'name' },
    { name: 'a\u0000', field: 'name' },
    { name: 'a\u001b[31m', field: 'name' },
    { name: 'a\ud800', field: 'name' },
    { name: '\u00e4'.repeat(65), field: 'name' },
    { name: 7, field: 'name' },
    { name: null, field: 'name' },
    { name: ['a'], field: 'name' },
    { description: 'a'.repeat(769), field: 'description' },
    { description: '\udc00', field: 'description' },
    { sizeGiB: undefined, field: 'sizeGiB' },
    { sizeGiB: 0, field: 'sizeGiB' },
    { sizeGiB: -1, field: 'sizeGiB' },
    { sizeGiB: 1.5, field: 'sizeGiB' },
    { sizeGiB: 65_537, field: 'sizeGiB' },
    { sizeGiB: 1e21, field: 'sizeGiB' },
    { sizeGiB: Number.MAX_VALUE, field: 'sizeGiB' },
    { sizeGiB: '1', field: 'sizeGiB' },
    { sizeGiB: true, field: 'sizeGiB' },
    { disks: {}, field: 'disks' },
    { disks: [1], field: 'disks[0]' },
    { disks: [{ sizeGiB: 1 }, { sizeGiB: 0 }], field: 'disks[1].sizeGiB' },
    { disks: [{ sizeGiB: 1, unknown: 1 }], field: 'disks[0].unknown' },
    { disks: Array(17).fill({ sizeGiB: 1 }), field: 'disks' },
    { os: 'a'.repeat(33), field: 'os' },
    { architecture: 'mips', field: 'architecture' },
    { product: 'heavy', field: 'product' },
    { encryption: 'constructor', field: 'encryption' },
    { state: 'failed', field: 'state' },
    { tags: [], field: 'tags' },
    { tags: { a: 1 }, field: 'tags.a' },
    { tags: { '': 'a' }, field: 'tags.' },
    { tags: { ' a': 'a' }, field: 'tags. a' },
    { tags: { 'a:b': 'a' }, field: 'tags.a:b' },
    { tags: { ['a'.repeat(33)]: 'a' }, field: `tags.${'a'.repeat(33)}` },
    { tags: { a: 'a'.repeat(65) }, field: 'tags.a' },
    { tags: { a: 'b\u0007' }, field: 'tags.a' },
    { tags: { a: '\ud83d' }, field: 'tags.a' },
    { tags: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, ''])), field: 'tags' },
    {
      tags: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`${index}`.padEnd(32, 'k'), 'v'.repeat(64)])),
      field: 'tags',
    },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const body = { name: 'a', sizeGiB: 1, ...fields };

    expect(await owner.refused(importImage, { region, ...body })).toMatchObject(invalidRequest(field));
  });

  it('is refused with a list of all invalid paths', async () => {
    expect(await owner.refused(importImage, { region, name: 7, sizeGiB: 'a', disks: [{}], tags: { a: 1 } })).toMatchObject(
      invalidRequest('name', 'sizeGiB', 'disks[0].sizeGiB', 'tags.a'),
    );
  });
});

describe('the body of ShareImage', () => {
  it.each([
    { recipients: undefined, field: 'recipients' },
    { recipients: [], field: 'recipients' },
    { recipients: 'a', field: 'recipients' },
    { recipients: { 0: 'a' }, field: 'recipients' },
    { recipients: Array.from({ length: 51 }, (_, index) => `r${index}`), field: 'recipients' },
    { recipients: ['a', 'a'.repeat(300)], field: 'recipients[1]' },
    { recipients: ['__proto__'], field: 'recipients[0]' },
    { recipients: [''], field: 'recipients[0]' },
    { recipients: [1], field: 'recipients[0]' },
    { recipients: [null], field: 'recipients[0]' },
    { recipients: [['a']], field: 'recipients[0]' },
    { recipients: ['a\u0000'], field: 'recipients[0]' },
    { acknowledgeRisk: 'true', field: 'acknowledgeRisk' },
    { acknowledgeRisk: 1, field: 'acknowledgeRisk' },
    { expiresAt: 1e300, field: 'expiresAt' },
    { expiresAt: 'tomorrow', field: 'expiresAt' },
    { expiresAt: '', field: 'expiresAt' },
    { expiresAt: '2030-02-30T00:00:00Z', field: 'expiresAt' },
    { expiresAt: '2030-01-01T00:00:00', field: 'expiresAt' },
    { expiresAt: '-002030-01-01T00:00:00Z', field: 'expiresAt' },
    { expiresAt: '+012030-01-01T00:00:00Z', field: 'expiresAt' },
    { expiresAt: '0000-01-01T00:00:00+14:00', field: 'expiresAt' },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const body = { recipients: [owner.account], ...fields };

    const problem = await owner.refused(shareImage, { region, imageId, ...body });

    expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(problem.offenders?.map(({ id }) => id)).toEqual([field]);
  });
});

const longId = 'a'.repeat(300);
const tooManyTags = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, '']));

describe('the body of StartCopyJob', () => {
  it.each([
    { destinations: undefined, field: 'destinations' },
    { destinations: [], field: 'destinations' },
    { destinations: Array.from({ length: 11 }, (_, index) => ({ region: `r${index}` })), field: 'destinations' },
    { destinations: [{ region }, { region, name: 'again' }], field: 'destinations' },
    { destinations: [region], field: 'destinations[0]' },
    { destinations: [{ region, unknown: 1 }], field: 'destinations[0].unknown' },
    { destinations: [{ region }, { region: '' }], field: 'destinations[1].region' },
    { destinations: [{ region, name: ' ' }], field: 'destinations[0].name' },
    { destinations: [{ region, project: null }], field: 'destinations[0].project' },
    { recipients: [], field: 'recipients' },
    { recipients: Array.from({ length: 51 }, (_, index) => `r${index}`), field: 'recipients' },
    { name: '', field: 'name' },
    { acknowledgeRisk: 'true', field: 'acknowledgeRisk' },
    { expiresAt: 'tomorrow', field: 'expiresAt' },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const body = { destinations: [{ region }], recipients: [owner.account], ...fields };
    const problem = await owner.refused(startCopyJob, { region, imageId, ...body });

    expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(problem.offenders?.map(({ id }) => id)).toEqual([field]);
  });
});

describe('the body of SetImageShares', () => {
  it.each([
    { recipients: undefined, field: 'recipients' },
    { recipients: 'a', field: 'recipients' },
    { recipients: null, field: 'recipients' },
    { recipients: Array.from({ length: 51 }, (_, index) => `r${index}`), field: 'recipients' },
    { recipients: ['a', longId], field: 'recipients[1]' },
    { recipients: ['__proto__'], field: 'recipients[0]' },
    { recipients: [1], field: 'recipients[0]' },
    { recipients: [['a']], field: 'recipients[0]' },
    { acknowledgeRisk: 'true', field: 'acknowledgeRisk' },
    { acknowledgeRisk: null, field: 'acknowledgeRisk' },
    { expiresAt: 'tomorrow', field: 'expiresAt' },
    { expiresAt: 0, field: 'expiresAt' },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const problem = await owner.refused(setImageShares, { region, imageId, recipients: [owner.account], ...fields });

    expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest' });
    expect(problem.offenders?.map(({ id }) => id)).toEqual([field]);
  });
});

describe.each([
  { action: runInstance as Callable, path: {} },
  { action: reinstallInstance as Callable, path: { instanceId: 'ins-1' } },
])('the body of $action.name', ({ action, path }) => {
  it.each([undefined, '', 7, null, true, ['img-1'], { id: 'img-1' }, longId, '__proto__', 'a b', 'a\u0000', '\u00e4'])(
    'refuses the image id %j',
    async (id) => {
      expect(await owner.refused(action, { region, ...path, imageId: id })).toMatchObject(invalidRequest('imageId'));
    },
  );
});

describe('the product of RunInstance', () => {
  it.each(['', 'heavy', 'constructor', 7, null, ['standard']])('is refused as %j', async (product) => {
    expect(await owner.refused(runInstance, { region, imageId, product })).toMatchObject(invalidRequest('product'));
  });
});

describe('the body of CreateImageFromInstance', () => {
  it.each([
    { name: undefined, field: 'name' },
    { name: ' ', field: 'name' },
    { name: 7, field: 'name' },
    { name: '\u00e4'.repeat(65), field: 'name' },
    { name: 'a\nb', field: 'name' },
    { description: 'a'.repeat(769), field: 'description' },
    { description: null, field: 'description' },
    { tags: [], field: 'tags' },
    { tags: { a: 1 }, field: 'tags.a' },
    { tags: tooManyTags, field: 'tags' },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const call = { region, instanceId: 'ins-1', name: 'a', ...fields };

    expect(await owner.refused(createImageFromInstance, call)).toMatchObject(invalidRequest(field));
  });
});

describe('the name of SaveSharedImage', () => {
  it.each(['', ' ', 7, null, 'a\nb', 'a\u0000', 'a\ud800', '\u00e4'.repeat(65), ['a']])('is refused as %j', async (name) => {
    expect(await owner.refused(saveSharedImage, { region, imageId, name })).toMatchObject(invalidRequest('name'));
  });
});

describe('the body of UpdateAccessKey', () => {
  it.each([undefined, null, '', 'Active', 'deleted', true, ['active'], { state: 'active' }])(
    'refuses the state %j',
    async (state) => {
      expect(await owner.refused(updateAccessKey, { keyId: 'AK1', state })).toMatchObject(invalidRequest('state'));
    },
  );
});

describe('the body of PutTrustedOwners', () => {
  it.each([
    { owners: undefined, field: 'owners' },
    { owners: 'a', field: 'owners' },
    { owners: null, field: 'owners' },
    { owners: {}, field: 'owners' },
    { owners: Array.from({ length: 101 }, (_, index) => `o${index}`), field: 'owners' },
    { owners: ['a', longId], field: 'owners[1]' },
    { owners: ['__proto__'], field: 'owners[0]' },
    { owners: [''], field: 'owners[0]' },
    { owners: [1], field: 'owners[0]' },
    { owners: [null], field: 'owners[0]' },
    { owners: [['a']], field: 'owners[0]' },
  ])('is refused with an error for $field %#', async ({ field, owners }) => {
    expect(await owner.refused(putTrustedOwners, { owners })).toMatchObject(invalidRequest(field));
  });
});

describe('the body of PutAddressBookEntry', () => {
  it.each([
    { name: undefined, field: 'name' },
    { name: '', field: 'name' },
    { name: ' ', field: 'name' },
    { name: '\u200b', field: 'name' },
    { name: 'a\nb', field: 'name' },
    { name: '\u202ea', field: 'name' },
    { name: '\u00e4'.repeat(65), field: 'name' },
    { name: null, field: 'name' },
    { note: 'a\nb', field: 'note' },
    { note: '\u0000', field: 'note' },
    { note: '\u00e4'.repeat(129), field: 'note' },
    { note: null, field: 'note' },
  ])('is refused with an error for $field %#', async ({ field, ...body }) => {
    const fields = { principalId: 'h', name: 'a', ...body };
    expect(await owner.refused(putAddressBookEntry, fields)).toMatchObject(invalidRequest(field));
  });

  it('can have a name of 128 bytes and a note of 256, which are stored in NFC', async () => {
    const fields = { principalId: 'h', name: 'e\u0301'.repeat(64), note: '\u00e4'.repeat(128) };
    const stored = { ...fields, name: '\u00e9'.repeat(64) };
    expect(await owner.ok(putAddressBookEntry, fields)).toEqual(stored);
  });
});

describe('the body of PutPublicImage', () => {
  it.each([
    { name: undefined, field: 'name' },
    { name: '', field: 'name' },
    { name: 7, field: 'name' },
    { description: 7, field: 'description' },
    { sizeGiB: undefined, field: 'sizeGiB' },
    { sizeGiB: 0, field: 'sizeGiB' },
    { sizeGiB: 1.5, field: 'sizeGiB' },
    { sizeGiB: 65_537, field: 'sizeGiB' },
    { sizeGiB: '1', field: 'sizeGiB' },
    { os: 'a'.repeat(33), field: 'os' },
    { os: null, field: 'os' },
    { architecture: 'mips', field: 'architecture' },
    { product: 'heavy', field: 'product' },
    { tags: { a: 1 }, field: 'tags.a' },
    { tags: tooManyTags, field: 'tags' },
    { deprecated: 'true', field: 'deprecated' },
    { deprecated: null, field: 'deprecated' },
    { disks: [{ sizeGiB: 1 }], field: 'disks' },
  ])('is refused with an error for $field %#', async ({ field, ...fields }) => {
    const call = { region, imageId: 'pub-1', name: 'a', sizeGiB: 1 };
    const { method, path, body } = requestOf(putPublicImage as Callable, call);
    const response = await operator().send(method, path, { body: { ...(body as object), ...fields } });

    expect(problemIn(response)).toMatchObject(invalidRequest(field));
  });
});

describe('the query of ListInstances', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1&limit=2', 'limit'],
    [`imageId=${longId}`, 'imageId'],
    ['imageId=__proto__', 'imageId'],
    ['imageId=a&imageId=b', 'imageId'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${'a'.repeat(2_049)}`, 'cursor'],
    ['region=cn-bj2', 'region'],
  ])('%s is refused with an error for %s', async (query, field) => {
    expect(problemIn(await owner.send('GET', `/v1/regions/${region}/instances?${query}`))).toMatchObject(invalidRequest(field));
  });
});

describe('the query of ListImages', () => {
  it.each([
    ['scope=everything', 'scope'],
    ['scope=', 'scope'],
    ['scope=all&scope=public', 'scope'],
    ['trusted=1', 'trusted'],
    ['trusted=true&trusted=true', 'trusted'],
  ])('%s is refused with an error for %s', async (query, field) => {
    expect(problemIn(await owner.send('GET', `/v1/regions/${region}/images?${query}`))).toMatchObject(invalidRequest(field));
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
