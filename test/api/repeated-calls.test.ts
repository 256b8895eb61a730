import { changeImageShares } from '../../functions/change-image-shares.ts';
import { importImage } from '../../functions/import-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, type Member, testRegions } from '../support/client.ts';
import { freshMember, freshMembers } from '../support/in-process.ts';

const { region, policy } = testRegions[0] as (typeof testRegions)[number];
const key = () => ({ 'idempotency-key': crypto.randomUUID() });
const replayed = 'idempotency-replayed';

describe('a call that is repeated with its Idempotency-Key', () => {
  it('is marked, and only then', async () => {
    const owner = await freshMember();
    const headers = key();
    const first = await owner.try(importImage, { region, name: 'web', sizeGiB: 1 }, headers);
    const second = await owner.try(importImage, { region, name: 'web', sizeGiB: 1 }, headers);

    expect(first.headers.get(replayed)).toBeNull();
    expect(second.headers.get(replayed)).toBe('true');
    expect(second.text).toBe(first.text);
    expect((await owner.try(importImage, { region, name: 'web', sizeGiB: 1 })).headers.get(replayed)).toBeNull();
  });

  it('is the same call with its recipients in another order, or named twice', async () => {
    const [owner, ...others] = (await freshMembers(3)) as [Member, Member, Member];
    const [a = '', b = ''] = others.map((member): string => member.principalIn(policy));
    const { imageId } = await anImageOf(owner, region);
    const headers = key();
    const first = await owner.try(shareImage, { region, imageId, recipients: [a, b], acknowledgeRisk: true }, headers);

    for (const recipients of [
      [b, a],
      [a, b, a],
    ]) {
      const again = await owner.try(shareImage, { region, imageId, recipients, acknowledgeRisk: true }, headers);
      expect([again.status, again.headers.get(replayed), again.text]).toEqual([200, 'true', first.text]);
    }
  });

  it('is another call with other recipients, or with those to add among those to remove', async () => {
    const [owner, ...others] = (await freshMembers(3)) as [Member, Member, Member];
    const [a = '', b = ''] = others.map((member): string => member.principalIn(policy));
    const { imageId } = await anImageOf(owner, region);
    const headers = key();
    await owner.ok(changeImageShares, { region, imageId, add: [a], remove: [b], acknowledgeRisk: true }, headers);

    for (const lists of [
      { add: [b], remove: [a] },
      { add: [a], remove: [] },
    ]) {
      expect(await owner.refused(changeImageShares, { region, imageId, ...lists, acknowledgeRisk: true }, headers)).toMatchObject(
        {
          code: 'IdempotencyKeyReused',
        },
      );
    }
  });
});

describe('If-Match with a weak ETag', () => {
  it('is compared by its revision, as proxies that compress weaken ETags', async () => {
    const owner = await freshMember();
    const { imageId } = await anImageOf(owner, region);
    const edit = (name: string, ifMatch: string) => owner.try(updateImage, { region, imageId, name }, { 'if-match': ifMatch });

    const { status, headers } = await edit('b', 'W/"1"');
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect((await edit('c', 'W/"1"')).status).toBe(412);
    expect((await edit('c', '"1", W/"2"')).status).toBe(200);
  });
});
