import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { listRecords } from '../../functions/list-records.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { RecordView } from '../../lib/model/views/record.ts';
import { compute, freshMembers } from '../support/api.ts';
import { anImageOf, eventually, type Fields, type Member, share, testRegions } from '../support/client.ts';

let owner: Member;
let recipient: Member;
let other: Member;
let stranger: Member;

beforeAll(async () => {
  [owner, recipient, other, stranger] = (await freshMembers(4)) as [Member, Member, Member, Member];
});

const recordsOf = async (api: Member, fields: Fields): Promise<RecordView[]> =>
  (await api.ok(listRecords, { limit: 100, ...fields })).records;

describe.each(testRegions)('GET /v1/records in $name', ({ region, policy }) => {
  /** Makes every kind of change in sequence. Returns the ids of the requests. */
  const history = async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const key = { region, imageId };
    const responses = [
      await compute().try(reportImageState, { ...key, state: 'available' }),
      await owner.try(updateImage, { ...key, name: 'renamed' }),
      await owner.try(shareImage, {
        ...key,
        recipients: [recipient.principalIn(policy), other.principalIn(policy)],
        acknowledgeRisk: true,
      }),
      await owner.try(cancelImageShares, { ...key, recipient: [recipient.principalIn(policy), other.principalIn(policy)] }),
      await owner.try(deleteImage, key),
    ];
    return { imageId, requestIds: responses.map(({ headers }) => headers.get('x-request-id')) };
  };

  it('returns actor, action, time, source IP, and request id to the owner, newest first', async () => {
    const before = Date.now();
    const { imageId, requestIds } = await history();

    const records = await recordsOf(owner, { region, imageId });

    expect(records.map(({ action }) => action)).toEqual([
      'DeleteImage',
      'CancelImageShares',
      'ShareImage',
      'UpdateImage',
      'ReportImageState',
      'ImportImage',
    ]);
    expect(records.map(({ requestId }) => requestId).slice(0, 5)).toEqual(requestIds.toReversed());
    expect(records.map(({ actor }) => actor)).toEqual([...Array(4).fill(owner.account), 'compute', owner.account]);
    for (const record of records) {
      expect(record).toMatchObject({ region, imageId, from: expect.stringMatching(/^(127\.|::)/) });
      expect(Date.parse(record.at)).toBeGreaterThanOrEqual(before - 1_000);
    }
    expect(records[2]?.recipients?.toSorted()).toEqual([recipient.principalIn(policy), other.principalIn(policy)].toSorted());
  });

  it('returns to a recipient only its own share, without source IP', async () => {
    const { imageId } = await history();

    for (const member of [recipient, other]) {
      const copies = await eventually(
        () => recordsOf(member, { region, imageId }),
        (records) => records.length === 2,
      );
      expect(copies.map(({ action }) => action)).toEqual(['CancelImageShares', 'ShareImage']);
      for (const copy of copies) {
        expect(copy).toMatchObject({ actor: owner.account, recipients: [member.principalIn(policy)] });
        expect(copy).not.toHaveProperty('from');
      }
    }
    expect(await recordsOf(stranger, { region, imageId })).toEqual([]);
  });

  it('records nothing for calls that are refused or change nothing', async () => {
    const { imageId } = await anImageOf(owner, region);
    const key = { region, imageId };
    await share(owner, key, [recipient.principalIn(policy)]);
    const before = await recordsOf(owner, key);

    await share(owner, key, [recipient.principalIn(policy)]);
    await owner.ok(cancelImageShares, { ...key, recipient: ['nobody'] });
    await owner.ok(updateImage, { ...key, name: 'web' });
    await owner.ok(updateImage, key);
    await owner.refused(shareImage, { ...key, recipients: ['nobody'], acknowledgeRisk: true });
    await recipient.refused(deleteImage, key);

    expect(await recordsOf(owner, key)).toEqual(before);
  });

  it('returns every record once over pages, and filters by time, image, and region', async () => {
    const { imageId } = await history();
    const all = await recordsOf(owner, { region, imageId });
    const paged: RecordView[] = [];
    let cursor: string | undefined;
    do {
      const page = await owner.ok(listRecords, { region, imageId, limit: 2, cursor });
      expect(page.records.length).toBeLessThanOrEqual(2);
      paged.push(...page.records);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);

    const middle = all[2]?.at as string;
    const since = await recordsOf(owner, { region, imageId, from: middle });
    const until = await recordsOf(owner, { region, imageId, to: middle });
    expect([...since, ...until]).toEqual(all);
    expect(since.every(({ at }) => at >= middle) && until.every(({ at }) => at < middle)).toBe(true);
    expect(await recordsOf(owner, { region, imageId, from: middle, to: middle })).toEqual([]);
    expect(await recordsOf(owner, { region, imageId, from: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect((await recordsOf(owner, { region })).map((record) => record.region)).toEqual(expect.arrayContaining([region]));
    expect(new Set((await recordsOf(owner, { region })).map((record) => record.region))).toEqual(new Set([region]));
  });

  it('lists a copy under the new image', async () => {
    const source = await anImageOf(owner, region);
    const copy = await owner.ok(copyImage, { region, imageId: source.imageId, destinationRegion: region });

    expect((await recordsOf(owner, { region, imageId: copy.imageId })).map(({ action }) => action)).toEqual(['CopyImage']);
  });
});
