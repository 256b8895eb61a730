import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { putAccount } from '../../functions/put-account.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

let owner: Member;
let recipient: Member;
const region = 'ap-guangzhou';

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

describe.each(testRegions)('shareImage in $name', (testRegion) => {
  it('counts a duplicate recipient once', async () => {
    const image = await anImageOf(owner, testRegion.region);
    const id = recipient.principalIn(testRegion.policy);

    expect(await share(owner, image, [id, id])).toMatchObject({ used: 1, shares: [{ recipient: id }] });
    expect(await share(owner, image, [id, id])).toMatchObject({ used: 1, shares: [{ recipient: id }] });
  });
});

describe('shareImage', () => {
  it.each(['1970-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '0001-01-01T00:00:00Z'])(
    'treats an expiration at %s as past, not as absent',
    async (expiresAt) => {
      const { imageId } = await anImageOf(owner, region);

      const refusal = await owner.refused(shareImage, { region, imageId, recipients: [recipient.account], expiresAt });

      expect(refusal).toMatchObject({ status: 400, code: 'InvalidRequest', rule: 'share.expiry' });
      expect(await recipient.refused(getImage, { region, imageId })).toMatchObject({ code: 'ImageNotFound' });
    },
  );

  it('refuses an expiration after the year 9999 in UTC', async () => {
    const { imageId } = await anImageOf(owner, region);

    const refusal = await owner.refused(shareImage, {
      region,
      imageId,
      recipients: [recipient.account],
      expiresAt: '9999-12-31T23:59:59-23:59',
    });

    expect(refusal).toMatchObject({ status: 400, offenders: [{ id: 'expiresAt' }] });
  });
});

describe('names of inherited properties', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];

  it('are valid tags', async () => {
    const tags = Object.fromEntries(names.map((name) => [name, 'x']));

    const image = await owner.ok(importImage, { region, name: 'inherited', sizeGiB: 1, tags });
    const updated = await owner.ok(updateImage, { region, imageId: image.imageId, tags: { ...tags, constructor: 'y' } });
    const list = await owner.ok(listImages, { region, tag: ['constructor:y'] });

    expect(image.tags).toEqual(tags);
    expect(updated.tags).toEqual({ ...tags, constructor: 'y' });
    expect(list.images.map(({ imageId }) => imageId)).toEqual([image.imageId]);
    expect(await owner.ok(listImages, { region, tag: ['isPrototypeOf:x'] })).toMatchObject({ images: [] });
  });

  it('are valid account IDs', async () => {
    for (const accountId of names) {
      await operator().ok(putAccount, { accountId, name: accountId });
    }
    const { imageId } = await anImageOf(owner, region);

    expect(await compute().ok(checkImageAccess, { region, imageId, principal: 'constructor' })).toMatchObject({ allowed: false });
    await share(owner, { region, imageId }, names);
    expect(await compute().ok(checkImageAccess, { region, imageId, principal: 'constructor' })).toMatchObject({ allowed: true });
    expect(await owner.refused(deleteImage, { region, imageId })).toMatchObject({ recipients: [...names].sort() });
    await owner.ok(cancelImageShares, { region, imageId, all: 'true' });
    await owner.ok(deleteImage, { region, imageId });
  });

  it.each(['{"name":"a","sizeGiB":1,"tags":{"__proto__":"x"}}', '{"name":"a","sizeGiB":1,"__proto__":{"state":"pending"}}'])(
    'are refused if they would set a prototype: %s',
    async (body) => {
      const { status, body: problem } = await owner.send('POST', `/v1/regions/${region}/images`, { body });

      expect([status, problem]).toEqual([
        400,
        expect.objectContaining({ offenders: [expect.objectContaining({ id: '__proto__' })] }),
      ]);
    },
  );
});

describe('listRecords', () => {
  it('refuses a period that ends before it starts', async () => {
    const refusal = await owner.refused(listRecords, { from: '2027-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' });

    expect(refusal).toMatchObject({ status: 400, offenders: [{ id: 'to' }] });
    expect(await owner.ok(listRecords, { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' })).toEqual({ records: [] });
  });
});

describe('checkImageAccess', () => {
  it.each(testRegions)('requires a principal from a compute platform in $name', async (testRegion) => {
    const { imageId } = await anImageOf(owner, testRegion.region);

    expect(await compute().refused(checkImageAccess, { region: testRegion.region, imageId })).toMatchObject({
      status: 400,
      offenders: [{ id: 'principal' }],
    });
  });
});

describe('importImage', () => {
  it.each<[string, object]>([
    ['name', { name: 'two\nlines' }],
    ['name', { name: 'turned \u202e around' }],
    ['name', { name: 'line\u2028separator' }],
    ['name', { name: 'c1 \u0085 control' }],
    ['tags.a\tb', { tags: { 'a\tb': 'x' } }],
    ['tags.a', { tags: { a: 'x\ny' } }],
    ['os', { os: 'Debian\n12' }],
  ])('refuses line breaks and control characters in %s', async (id, fields) => {
    const refusal = await owner.refused(importImage, { region, name: 'a', sizeGiB: 1, ...fields });

    expect(refusal).toMatchObject({ status: 400, offenders: [{ id }] });
  });

  it('accepts a description with several lines', async () => {
    expect(await owner.ok(importImage, { region, name: 'a', sizeGiB: 1, description: 'one\n\ttwo' })).toMatchObject({
      description: 'one\n\ttwo',
    });
  });
});

describe('a limit', () => {
  it.each(['1e1', '0x10', ' 1', '1.0', '+1', '01', '101', ''])(
    'must be a plain number from 1 to 100, not "%s"',
    async (limit) => {
      expect(await owner.refused(listImages, { region, limit })).toMatchObject({ status: 400, offenders: [{ id: 'limit' }] });
    },
  );
});
