import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { listRecords } from '../../functions/list-records.ts';
import { putAccount } from '../../functions/put-account.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { InstanceView } from '../../lib/model/views/instance.ts';
import { freshMembers, operator } from '../support/api.ts';
import { type ApiResponse, anImageOf, freshId, type Member, share, tally, testRegions } from '../support/client.ts';

let owner: Member;
let other: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, other, recipient] = (await freshMembers(3)) as [Member, Member, Member];
});

const aKey = () => ({ 'idempotency-key': crypto.randomUUID() });
const twentyTimes = <Response>(call: () => Promise<Response>) => Promise.all(Array.from({ length: 20 }, call));

describe.each(testRegions)('Idempotency-Key in $name', ({ region, policy }) => {
  const recordsOf = async (imageId: string, action: string) =>
    (await owner.ok(listRecords, { region, imageId, limit: 100 })).records.filter((record) => record.action === action);

  it('creates one image and one record for 20 concurrent imports, with identical responses', async () => {
    const key = aKey();
    const name = freshId('image');

    const responses = await twentyTimes(() => owner.try(importImage, { region, name, sizeGiB: 1 }, key));

    expect(tally(responses)).toEqual({ 201: 20 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    const { images } = await owner.ok(listImages, { region, name });
    expect(images).toEqual([responses[0]?.body]);
    expect(await recordsOf(images[0]?.imageId as string, 'ImportImage')).toHaveLength(1);
  });

  it('creates one share and one record for 20 concurrent shares, with identical responses', async () => {
    const { imageId } = await anImageOf(owner, region);
    const key = aKey();
    const fields = { region, imageId, recipients: [recipient.principalIn(policy)], acknowledgeRisk: true };

    const responses = await twentyTimes(() => owner.try(shareImage, fields, key));

    expect(tally(responses)).toEqual({ 200: 20 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(await owner.ok(listImageShares, { region, imageId })).toMatchObject({ used: 1 });
    expect(await recordsOf(imageId, 'ShareImage')).toHaveLength(1);
  });

  it('launches one instance for 20 concurrent launches by a recipient, with identical responses', async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.principalIn(policy)]);
    const key = aKey();
    const fields = { region, imageId: image.imageId };

    const responses = await twentyTimes(() => recipient.try(runInstance, fields, key));

    expect(tally(responses)).toEqual({ 201: 20 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect((await recipient.ok(listInstances, fields)).instances).toEqual([responses[0]?.body]);
    const [first] = responses as [ApiResponse];
    await recipient.ok(terminateInstance, { region, instanceId: (first.body as InstanceView).instanceId });
    expect(await recipient.try(runInstance, fields, key)).toMatchObject({ status: 201, text: first.text });
    expect((await recipient.ok(listInstances, fields)).instances).toEqual([]);
  });

  it('saves one image for 20 concurrent saves, with identical responses', async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.principalIn(policy)]);
    const key = aKey();
    const name = freshId('saved');

    const responses = await twentyTimes(() => recipient.try(saveSharedImage, { region, imageId: image.imageId, name }, key));

    expect(tally(responses)).toEqual({ 201: 20 });
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect((await recipient.ok(listImages, { region, name })).images).toEqual([responses[0]?.body]);
  });

  it('repeats the response of an edit despite its outdated If-Match, and refuses a different If-Match', async () => {
    const { imageId, revision } = await anImageOf(owner, region);
    const key = aKey();
    const edit = (ifMatch: string) => owner.try(updateImage, { region, imageId, name: 'new' }, { ...key, 'if-match': ifMatch });

    const edited = await edit(`"${revision}"`);
    expect(edited.status).toBe(200);
    expect(await edit(`"${revision}"`)).toMatchObject({ status: 200, text: edited.text });
    expect(await edit(`"${revision + 1}"`)).toMatchObject({ status: 409, body: { code: 'IdempotencyKeyReused' } });
  });

  it('repeats the first response even if things have changed since', async () => {
    const { imageId } = await anImageOf(owner, region);
    const key = aKey();
    await owner.ok(deleteImage, { region, imageId }, key);

    expect(await owner.try(deleteImage, { region, imageId }, key)).toMatchObject({ status: 204, text: '' });
    expect(await owner.refused(deleteImage, { region, imageId }, aKey())).toMatchObject({ code: 'ImageNotFound' });
  });
});

describe('Idempotency-Key', () => {
  const { region } = testRegions[0] as (typeof testRegions)[number];

  it.each([
    { change: 'another field', fields: { name: 'b', sizeGiB: 1 } },
    { change: 'another region', fields: { region: 'ap-shanghai', name: 'a', sizeGiB: 1 } },
  ])('is refused with $change: IdempotencyKeyReused, and nothing is created', async ({ fields }) => {
    const key = aKey();
    await owner.ok(importImage, { region, name: 'a', sizeGiB: 1 }, key);
    const before = await owner.ok(listImages, { region, limit: 100 });

    expect(await owner.refused(importImage, { region, ...fields }, key)).toMatchObject({
      status: 409,
      code: 'IdempotencyKeyReused',
    });
    expect(await owner.ok(listImages, { region, limit: 100 })).toEqual(before);
  });

  it('is refused for another action', async () => {
    const key = aKey();
    const { imageId } = await owner.ok(importImage, { region, name: 'a', sizeGiB: 1 }, key);

    expect(await owner.refused(deleteImage, { region, imageId }, key)).toMatchObject({ code: 'IdempotencyKeyReused' });
    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ imageId });
  });

  it('belongs to its caller: the same key of another caller creates another image', async () => {
    const key = aKey();
    const mine = await owner.ok(importImage, { region, name: 'a', sizeGiB: 1 }, key);
    const theirs = await other.ok(importImage, { region, name: 'a', sizeGiB: 1 }, key);

    expect(theirs.imageId).not.toBe(mine.imageId);
    expect(theirs.owner).toBe(other.account);
  });

  it('does not record a refusal: the call succeeds once the reason is gone', async () => {
    const key = aKey();
    const lateAccount = freshId();
    const { imageId } = await anImageOf(owner, region);
    const fields = { region, imageId, recipients: [lateAccount] };
    await owner.refused(shareImage, fields, key);
    await operator().ok(putAccount, { accountId: lateAccount, name: lateAccount });

    expect(await owner.ok(shareImage, fields, key)).toMatchObject({ used: 1 });
  });

  it('does not record a dry run', async () => {
    const key = aKey();
    await owner.try(importImage, { region, name: 'a', sizeGiB: 1, dryRun: 'true' }, key);

    expect(await owner.ok(importImage, { region, name: 'b', sizeGiB: 1 }, key)).toMatchObject({ name: 'b' });
  });

  it('accepts one of several concurrent requests that differ, and refuses the others', async () => {
    const key = aKey();
    const names = Array.from({ length: 10 }, () => freshId('image'));
    const responses = await Promise.all(names.map((name) => owner.try(importImage, { region, name, sizeGiB: 1 }, key)));

    expect(tally(responses)).toEqual({ 201: 1, '409 IdempotencyKeyReused': 9 });
  });

  it.each(['a b', 'ä', 'x'.repeat(65), ''])('refuses "%s" with 400', async (text) => {
    const key = { 'idempotency-key': text === 'ä' ? '\u00e4' : text };

    expect(await owner.refused(importImage, { region, name: 'a', sizeGiB: 1 }, key)).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      offenders: [{ id: 'Idempotency-Key' }],
    });
  });

  it('is ignored by read calls', async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.account]);
    const key = aKey();

    expect(await owner.ok(getImage, { region, imageId: image.imageId }, key)).toMatchObject({ imageId: image.imageId });
    expect(await owner.ok(listImages, { region, limit: 1 }, key)).toMatchObject({ images: [expect.anything()] });
  });
});
