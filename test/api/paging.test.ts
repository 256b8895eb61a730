import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { listRecords } from '../../functions/list-records.ts';
import { anImageOf, type Fields, type Member, share, testRegions } from '../support/client.ts';
import { freshMembers } from '../support/in-process.ts';

let caller: Member;
let sharer: Member;
let stranger: Member;

beforeAll(async () => {
  [caller, sharer, stranger] = (await freshMembers(3)) as [Member, Member, Member];
});

/** Reads all pages of a list. Fails if the list does not end or a page is larger than requested. */
async function pagesOf(api: Member, fields: Fields & { limit: number }): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await api.ok(listImages, { ...fields, cursor });
    expect(page.images.length).toBeLessThanOrEqual(fields.limit);
    pages.push(page.images.map(({ imageId }) => imageId));
    cursor = page.nextCursor;
  } while (cursor !== undefined && pages.length < 100);
  expect(cursor).toBeUndefined();
  return pages;
}

describe.each(testRegions)('pages of GET /v1/regions/{region}/images in $name', ({ region, policy }) => {
  /** Newest first. */
  const owned: string[] = [];
  const received: string[] = [];

  beforeAll(async () => {
    for (let index = 0; index < 5; index += 1) {
      owned.unshift((await anImageOf(caller, region, { name: `own ${index}` })).imageId);
      const image = await anImageOf(sharer, region, { name: `of another ${index}` });
      await share(sharer, image, [caller.principalIn(policy)]);
      received.unshift(image.imageId);
    }
  });

  it.each([1, 2, 3, 100])('with limit %i contain every image once, owned ones first, each scope newest first', async (limit) => {
    expect((await pagesOf(caller, { region, limit })).flat()).toEqual([...owned, ...received]);
    expect((await pagesOf(caller, { region, limit, scope: 'owned' })).flat()).toEqual(owned);
    expect((await pagesOf(caller, { region, limit, scope: 'shared' })).flat()).toEqual(received);
  });

  it('contain the images that match the filter, wherever they are in the list', async () => {
    expect((await pagesOf(caller, { region, limit: 1, name: 'another 3' })).flat()).toEqual([received[1]]);
    expect((await pagesOf(caller, { region, limit: 2, name: 'none of them' })).flat()).toEqual([]);
  });

  it('continue correctly when images before and after the cursor are deleted', async () => {
    const images = await Promise.all([1, 2, 3, 4].map(async () => (await anImageOf(stranger, region)).imageId));
    const first = await stranger.ok(listImages, { region, limit: 2 });
    const [idOnFirstPage, idOnSecondPage] = [
      first.images[1]?.imageId,
      images.find((id) => !first.images.some(({ imageId }) => imageId === id)),
    ];
    await stranger.ok(deleteImage, { region, imageId: idOnFirstPage });
    await stranger.ok(deleteImage, { region, imageId: idOnSecondPage });

    const second = await stranger.ok(listImages, { region, limit: 2, cursor: first.nextCursor });
    const last = images.filter((id) => id !== idOnSecondPage && !first.images.some(({ imageId }) => imageId === id));
    expect(second.images.map(({ imageId }) => imageId)).toEqual(last);
  });

  it('omit a share that was cancelled since the previous page', async () => {
    const first = await caller.ok(listImages, { region, limit: 1, scope: 'shared' });
    await sharer.ok(cancelImageShares, { region, imageId: received[1], all: true });

    const second = await caller.ok(listImages, { region, limit: 1, scope: 'shared', cursor: first.nextCursor });
    expect(second.images.map(({ imageId }) => imageId)).toEqual([received[2]]);
    await share(sharer, { region, imageId: received[1] }, [caller.principalIn(policy)]);
  });
});

describe('a cursor', () => {
  const { region } = testRegions[0] as (typeof testRegions)[number];
  const otherRegion = 'ap-shanghai';
  let cursor: string;

  const cursorOf = (page: { nextCursor?: string | undefined }): string => {
    expect(page.nextCursor).toEqual(expect.any(String));
    return page.nextCursor as string;
  };

  beforeAll(async () => {
    cursor = cursorOf(await caller.ok(listImages, { region, limit: 1, name: 'o' }));
  });

  const refusal = async (api: Member, fields: Fields) => {
    const { code, offenders } = await api.refused(listImages, { region, limit: 1, name: 'o', cursor, ...fields });
    return { code, offender: offenders?.[0]?.id };
  };
  const expectedRefusal = { code: 'InvalidRequest', offender: 'cursor' };

  it.each([
    { change: 'another filter', fields: { name: 'p' } },
    { change: 'no filter', fields: { name: undefined } },
    { change: 'an additional filter', fields: { state: 'available' } },
    { change: 'a tag filter', fields: { tag: 'a:b' } },
    { change: 'another scope', fields: { scope: 'shared' } },
    { change: 'another region', fields: { region: otherRegion } },
  ])('is refused with $change', async ({ fields }) => {
    expect(await refusal(caller, fields)).toEqual(expectedRefusal);
  });

  it('is refused for another caller', async () => {
    expect(await refusal(sharer, {})).toEqual(expectedRefusal);
  });

  it('can be used with another limit, and twice', async () => {
    const first = await caller.ok(listImages, { region, limit: 2, name: 'o', cursor });
    expect(await caller.ok(listImages, { region, limit: 2, name: 'o', cursor })).toEqual(first);
  });

  it.each(
    ['', 'x', 'e30', 'bnVsbA', 'W10', '%00', 'ä', 'a'.repeat(3_000), Buffer.from('{"after":1}').toString('base64url')].map(
      (text) => ({ text, start: JSON.stringify(text.slice(0, 20)) }),
    ),
  )('that the service did not create is refused: $start', async ({ text }) => {
    expect(await refusal(caller, { cursor: text })).toEqual(expectedRefusal);
  });

  it('with a forged position is refused, or returns no images of other owners', async () => {
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { after: string; of: string };
    // A sort key in DynamoDB has at most 1,024 bytes.
    const tooLong = `${content.after}${'x'.repeat(1_024)}`;
    for (const after of [
      '',
      'owned@',
      'x',
      'owned@2026',
      'shared@#',
      `${content.after}#x`,
      'owned@OWNER#ap-guangzhou#x',
      tooLong,
    ]) {
      const forged = Buffer.from(JSON.stringify({ ...content, after })).toString('base64url');
      expect(await refusal(caller, { cursor: forged })).toEqual(expectedRefusal);
    }
    const forgedStart = Buffer.from(
      JSON.stringify({ ...content, after: 'owned@9999-12-31T23:59:59.999Z#img-zzzzzzzz' }),
    ).toString('base64url');
    const { images } = await caller.ok(listImages, { region, limit: 100, name: 'o', cursor: forgedStart });
    expect(images.length).toBeGreaterThan(0);
    expect(images.filter((image) => image.visibility === 'owned' && image.owner !== caller.account)).toEqual([]);
  });

  it('of records is refused in a list of images, and vice versa', async () => {
    const recordsCursor = cursorOf(await caller.ok(listRecords, { limit: 1 }));

    expect(await refusal(caller, { cursor: recordsCursor })).toEqual(expectedRefusal);
    expect(await caller.refused(listRecords, { limit: 1, cursor })).toMatchObject({ offenders: [{ id: 'cursor' }] });
  });

  it('of records with a forged position is refused', async () => {
    const recordsCursor = cursorOf(await caller.ok(listRecords, { limit: 1 }));
    const content = JSON.parse(Buffer.from(recordsCursor, 'base64url').toString()) as { after: string; of: string };
    for (const after of [
      '',
      'x',
      content.after.replace(/#.*/, '#\ud800#img-1'),
      `${content.after}\udfff`,
      `${content.after}#x`,
    ]) {
      const forged = Buffer.from(JSON.stringify({ ...content, after })).toString('base64url');

      expect(await caller.refused(listRecords, { limit: 1, cursor: forged })).toMatchObject({
        status: 400,
        offenders: [{ id: 'cursor' }],
      });
    }
  });

  it.each([
    { period: { from: '2026-01-01T00:00:00Z' }, id: '00000000-0000-7000-8000-000000000000' },
    { period: { to: '9999-01-01T00:00:00Z' }, id: 'ffffffff-ffff-7fff-8fff-ffffffffffff' },
  ])('of records with a forged position outside of the period is refused: $period', async ({ period, id }) => {
    const recordsCursor = cursorOf(await caller.ok(listRecords, { limit: 1, ...period }));
    const content = JSON.parse(Buffer.from(recordsCursor, 'base64url').toString()) as { after: string; of: string };
    const after = content.after.replace(/^[^#]*/, id);
    const forged = Buffer.from(JSON.stringify({ ...content, after })).toString('base64url');

    expect(await caller.refused(listRecords, { limit: 1, ...period, cursor: forged })).toMatchObject({
      status: 400,
      offenders: [{ id: 'cursor' }],
    });
    await caller.ok(listRecords, { limit: 1, ...period, cursor: recordsCursor });
  });

  it('of records is refused with another filter or caller', async () => {
    const recordsCursor = cursorOf(await caller.ok(listRecords, { limit: 1, region }));

    for (const [api, fields] of [
      [caller, {}],
      [caller, { region: otherRegion }],
      [caller, { region, imageId: 'img-1' }],
      [caller, { region, from: '2020-01-01T00:00:00Z' }],
      [sharer, { region }],
    ] as [Member, Fields][]) {
      expect(await api.refused(listRecords, { limit: 1, cursor: recordsCursor, ...fields })).toMatchObject({
        code: 'InvalidRequest',
        offenders: [{ id: 'cursor' }],
      });
    }
  });
});
