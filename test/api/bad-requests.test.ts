import { randomBytes } from 'node:crypto';
import { type ApiResponse, anImageOf, type Member, problemIn } from '../support/client.ts';
import { compute, freshMembers } from '../support/in-process.ts';

const region = 'ap-guangzhou';
const images = `/v1/regions/${region}/images`;

let owner: Member;
let imageId: string;

beforeAll(async () => {
  [owner] = (await freshMembers(1)) as [Member];
  imageId = (await anImageOf(owner, region)).imageId;
});

const expectInvalid = (response: ApiResponse, field: string) => {
  const problem = problemIn(response);
  expect(problem).toMatchObject({ status: 400, code: 'InvalidRequest', detail: expect.stringContaining(field) });
  expect(problem.offenders?.map(({ id }) => id)).toContain(field);
};

describe('a request body', () => {
  const json = (text: string) => `{"name":"a","sizeGiB":1,"description":"${text}"}`;
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it.each([
    { what: 'empty', body: '' },
    { what: 'blank', body: ' \n' },
    { what: 'incomplete JSON', body: '{"name":' },
    { what: 'JSON with a trailing comma', body: '{"name":"a",}' },
    { what: 'two documents', body: '{}{}' },
    { what: 'an array', body: '[]' },
    { what: 'an array with a valid object', body: `[${json('')}]` },
    { what: 'null', body: 'null' },
    { what: 'a number', body: '7' },
    { what: 'a string', body: '"name"' },
    { what: 'a form', body: 'name=a&sizeGiB=1' },
    { what: 'XML', body: '<name>a</name>' },
    { what: 'not UTF-8', body: new Uint8Array([0xff, 0xfe, 0x00, 0x7b]) },
    { what: 'random bytes', body: new Uint8Array(randomBytes(1_000)) },
    { what: 'deeply nested', body: nested(30_000) },
    { what: 'over 64 KiB', body: json('a'.repeat(65_536)) },
    { what: 'over 64 KiB in multi-byte characters', body: json('\u20ac'.repeat(22_000)) },
    { what: '2 MB', body: json('a'.repeat(2_000_000)) },
  ])('that is $what is refused at body', async ({ body }) => {
    for (const [method, path] of [
      ['POST', images],
      ['POST', `${images}/${imageId}/shares`],
      ['PATCH', `${images}/${imageId}`],
    ] as const) {
      expectInvalid(await owner.send(method, path, { body }), 'body');
    }
    expectInvalid(await compute().send('PUT', `${images}/${imageId}/state`, { body }), 'body');
  });

  it('of up to 64 KiB is parsed, and its fields are checked', async () => {
    const text = json('a'.repeat(65_536 - json('').length));

    expectInvalid(await owner.send('POST', images, { body: text }), 'description');
  });

  it('that is deeply nested within a field is refused at the field', async () => {
    expectInvalid(await owner.send('POST', images, { body: `{"name":${nested(30_000)},"sizeGiB":1}` }), 'name');
    expectInvalid(await owner.send('POST', images, { body: '{"name":"a","sizeGiB":1e400}' }), 'sizeGiB');
  });

  it('is parsed as JSON regardless of its content type', async () => {
    for (const type of ['text/plain', 'application/octet-stream', 'application/json; charset=latin1']) {
      const response = await owner.send('POST', images, { body: '{"name":"a","sizeGiB":1}', headers: { 'content-type': type } });
      expect(response.status).toBe(201);
    }
  });
});

describe('the query of ListImages', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e99', 'limit'],
    ['limit=Infinity', 'limit'],
    ['limit=%', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['scope=public-not', 'scope'],
    ['scope=owned&scope=shared', 'scope'],
    ['state=deleted', 'state'],
    ['name=a&name=b', 'name'],
    [`name=${'a'.repeat(129)}`, 'name'],
    ['name=a%00', 'name'],
    [`owner=${'a'.repeat(300)}`, 'owner'],
    ['owner=__proto__', 'owner'],
    ['owner=', 'owner'],
    ['tag=role', 'tag[0]'],
    ['tag=:web', 'tag[0]'],
    ['tag=a:b&tag=web', 'tag[1]'],
    ['tag=', 'tag[0]'],
    ['tag=a%07:b', 'tag[0]'],
    [`tag=a:${'b'.repeat(100)}`, 'tag[0]'],
    [Array.from({ length: 17 }, (_, index) => `tag=k${index}:v`).join('&'), 'tag'],
    [`project=${'a'.repeat(300)}`, 'project'],
    ['project=a&project=b', 'project'],
    ['limit[]=1', 'limit[]'],
    ['%ZZ=1', '%ZZ'],
    ['=1', ''],
    [`imageId=${'a'.repeat(300)}`, 'imageId'],
    ['imageId=a&imageId=b', 'imageId'],
    ['label=a:b', 'label'],
  ])('%s is refused', async (query, field) => {
    expectInvalid(await owner.send('GET', `${images}?${query}`), field);
  });
});

describe('the query of ListRecords', () => {
  it.each([
    ['from=2026', 'from'],
    ['from=yesterday', 'from'],
    ['to=2026-01-01', 'to'],
    ['to=-002026-01-01T00:00:00Z', 'to'],
    ['from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z', 'from'],
    [`region=${'a'.repeat(300)}`, 'region'],
    [`imageId=${'a'.repeat(300)}`, 'imageId'],
    ['imageId=__proto__', 'imageId'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['action=LaunchRocket', 'action[0]'],
    ['action=', 'action[0]'],
    ['verb=ShareImage', 'verb'],
  ])('%s is refused', async (query, field) => {
    expectInvalid(await owner.send('GET', `/v1/records?${query}`), field);
  });

  it.each(['from=0000-01-01T00:00:00Z', 'to=0000-01-01T00:00:00%2B14:00', 'imageId=constructor'])(
    '%s is accepted',
    async (query) => {
      expect((await owner.send('GET', `/v1/records?${query}`)).status).toBe(200);
    },
  );

  it('is refused for an unknown region', async () => {
    expect(problemIn(await owner.send('GET', '/v1/records?region=nowhere'))).toMatchObject({ code: 'RegionNotFound' });
  });
});

describe('the query of CancelImageShares', () => {
  it.each([
    ['', 'recipient'],
    ['?all=false', 'recipient'],
    ['?all=true&recipient=a', 'recipient'],
    ['/a?all=true', 'recipient'],
    ['/a?recipient=b', 'recipient'],
    ['?all=1', 'all'],
    ['?all=true&all=true', 'all'],
    ['/a?recipient=b', 'recipient'],
    ['?holder=a', 'holder'],
    ['?recipient=', 'recipient[0]'],
    [`?recipient=a&recipient=${'b'.repeat(300)}`, 'recipient[1]'],
    [`?${Array.from({ length: 51 }, (_, index) => `recipient=r${index}`).join('&')}`, 'recipient'],
  ])('%s is refused', async (suffix, field) => {
    expectInvalid(await owner.send('DELETE', `${images}/${imageId}/shares${suffix}`), field);
  });
});

describe('the query of CheckImageAccess', () => {
  it.each([
    ['use=fly', 'use'],
    ['use=', 'use'],
    ['use=launch&use=copy', 'use'],
    [`principal=${'a'.repeat(300)}`, 'principal'],
    ['principal=a&principal=b', 'principal'],
    ['principal=', 'principal'],
    ['use=launch&holder=a', 'holder'],
    ['use=reinitialise', 'use'],
  ])('%s is refused', async (query, field) => {
    expectInvalid(await owner.send('GET', `${images}/${imageId}/access?${query}`), field);
  });
});
