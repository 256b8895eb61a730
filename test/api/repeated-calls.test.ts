import { changeImageShares } from '../../functions/change-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, type Member } from '../support/client.ts';
import { freshMember, freshMembers } from '../support/in-process.ts';

const region = 'ap-guangzhou';
const keyHeader = () => ({ 'idempotency-key': crypto.randomUUID() });
const replayed = 'idempotency-replayed';

describe('a call that is repeated with its Idempotency-Key', () => {
  it('gets the first response again, marked as replayed', async () => {
    const owner = await freshMember();
    const headers = keyHeader();
    const first = await owner.try(importImage, { region, name: 'web', sizeGiB: 1 }, headers);
    const second = await owner.try(importImage, { region, name: 'web', sizeGiB: 1 }, headers);

    expect(first.headers.get(replayed)).toBeNull();
    expect(second.headers.get(replayed)).toBe('true');
    expect(second.text).toBe(first.text);
    expect((await owner.try(importImage, { region, name: 'web', sizeGiB: 1 })).headers.get(replayed)).toBeNull();
  });

  it('is the same call if its recipients are in another order or listed twice', async () => {
    const [owner, ...others] = (await freshMembers(3)) as [Member, Member, Member];
    const [a = '', b = ''] = others.map(({ account }): string => account);
    const { imageId } = await anImageOf(owner, region);
    const headers = keyHeader();
    const first = await owner.try(shareImage, { region, imageId, recipients: [a, b] }, headers);

    for (const recipients of [
      [b, a],
      [a, b, a],
    ]) {
      const again = await owner.try(shareImage, { region, imageId, recipients }, headers);
      expect([again.status, again.headers.get(replayed), again.text]).toEqual([200, 'true', first.text]);
    }
  });

  it('is refused if its recipients to add and remove are swapped, or one is left out', async () => {
    const [owner, ...others] = (await freshMembers(3)) as [Member, Member, Member];
    const [a = '', b = ''] = others.map(({ account }): string => account);
    const { imageId } = await anImageOf(owner, region);
    const headers = keyHeader();
    await owner.ok(changeImageShares, { region, imageId, add: [a], remove: [b] }, headers);

    for (const lists of [
      { add: [b], remove: [a] },
      { add: [a], remove: [] },
    ]) {
      const refusal = await owner.refused(changeImageShares, { region, imageId, ...lists }, headers);
      expect(refusal).toMatchObject({ code: 'IdempotencyKeyReused' });
    }
  });
});

describe('If-Match with a weak ETag', () => {
  it('is compared by its revision, because proxies weaken ETags when they compress responses', async () => {
    const owner = await freshMember();
    const { imageId } = await anImageOf(owner, region);
    const edit = (name: string, ifMatch: string) => owner.try(updateImage, { region, imageId, name }, { 'if-match': ifMatch });

    const { status, headers } = await edit('b', 'W/"1"');
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect((await edit('c', 'W/"1"')).status).toBe(412);
    expect((await edit('c', '"1", W/"2"')).status).toBe(200);
  });
});
