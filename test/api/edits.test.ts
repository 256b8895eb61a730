import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { updateImage } from '../../functions/update-image.ts';
import { type ApiResponse, anImageOf, type Fields, launch, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers } from '../support/in-process.ts';

let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

const etagOf = ({ headers }: ApiResponse): string => headers.get('etag') ?? '';
const revisionOf = ({ body }: ApiResponse): number => (body as { revision: number }).revision;
const preconditionFailed = { status: 412, body: { code: 'PreconditionFailed' } };

const editWith = (region: string) => (imageId: string, fields: Fields, ifMatch?: string) =>
  owner.try(updateImage, { region, imageId, ...fields }, ifMatch === undefined ? {} : { 'if-match': ifMatch });

describe.each(testRegions)('the ETag of an image in $name', ({ region, policy }) => {
  const getResponse = (imageId: string, member = owner) => member.try(getImage, { region, imageId });
  const edit = editWith(region);

  it('is its quoted revision, the same for owner and recipient, and changes with every effective edit', async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.principalIn(policy)]);

    const first = await getResponse(image.imageId);
    expect(etagOf(first)).toBe(`"${revisionOf(first)}"`);
    expect(etagOf(await getResponse(image.imageId, recipient))).toBe(etagOf(first));

    const second = await edit(image.imageId, { name: 'new' });
    expect(etagOf(second)).not.toBe(etagOf(first));
    expect(etagOf(second)).toBe(`"${revisionOf(second)}"`);
    expect(await getResponse(image.imageId)).toMatchObject({ text: second.text });
    expect(etagOf(await getResponse(image.imageId))).toBe(etagOf(second));
    expect(etagOf(await edit(image.imageId, { name: 'new' }))).toBe(etagOf(second));
  });

  it('makes an edit conditional: the current one succeeds, any other fails and changes nothing', async () => {
    const { imageId } = await anImageOf(owner, region);
    const etag = etagOf(await getResponse(imageId));

    const edited = await edit(imageId, { name: 'b' }, etag);
    expect(edited).toMatchObject({ status: 200, body: { name: 'b' } });
    for (const stale of [etag, '"999"', '"unknown"', '""']) {
      expect(await edit(imageId, { name: 'c' }, stale)).toMatchObject(preconditionFailed);
    }
    expect(await edit(imageId, { name: 'b' }, etag)).toMatchObject(preconditionFailed);
    expect(await getResponse(imageId)).toMatchObject({ text: edited.text });
    expect(await edit(imageId, { name: 'c' }, etagOf(edited))).toMatchObject({ status: 200, body: { name: 'c' } });
  });

  it('matches in a list, and by *; any other spelling of the number matches nothing', async () => {
    const { imageId } = await anImageOf(owner, region);
    const current = async () => etagOf(await getResponse(imageId));

    expect(await edit(imageId, { name: 'b' }, `"999", ${await current()}`)).toMatchObject({ status: 200 });
    expect(await edit(imageId, { name: 'c' }, '*')).toMatchObject({ status: 200, body: { name: 'c' } });
    const revision = revisionOf(await getResponse(imageId));
    for (const other of [
      `"0${revision}"`,
      `W/"0${revision}"`,
      `"+${revision}"`,
      `"${revision}.0"`,
      `"${revision}e0"`,
      `"0x${revision.toString(16)}"`,
    ]) {
      expect(await edit(imageId, { name: 'd' }, other)).toMatchObject(preconditionFailed);
    }
    expect(await getResponse(imageId)).toMatchObject({ body: { name: 'c' } });
  });

  it('is not changed by sharing, launching, or stopping sharing', async () => {
    const image = await anImageOf(owner, region);
    const key = { region, imageId: image.imageId };
    const etag = etagOf(await getResponse(image.imageId));
    await share(owner, image, [recipient.principalIn(policy)]);
    await launch(recipient, image);
    await owner.ok(cancelImageShares, { ...key, all: true });
    await share(owner, image, [recipient.principalIn(policy)]);

    expect(etagOf(await getResponse(image.imageId))).toBe(etag);
    expect(await edit(image.imageId, { name: 'b' }, etag)).toMatchObject({ status: 200, body: { shareCount: 1 } });
    expect(await owner.ok(listImageShares, key)).toMatchObject({ used: 1 });
  });

  it('changes when the compute platform reports the state', async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const etag = etagOf(await getResponse(imageId));
    await compute().ok(reportImageState, { region, imageId, state: 'available' });

    expect(await edit(imageId, { name: 'b' }, etag)).toMatchObject(preconditionFailed);
  });

  it('is also checked in a dry run', async () => {
    const { imageId } = await anImageOf(owner, region);
    const etag = etagOf(await getResponse(imageId));

    expect(await edit(imageId, { name: 'b', dryRun: 'true' }, etag)).toMatchObject({ status: 200 });
    expect(await edit(imageId, { name: 'b', dryRun: 'true' }, '"999"')).toMatchObject(preconditionFailed);
  });

  it("isn't checked for a recipient, whose edit is refused with NotOwner", async () => {
    const image = await anImageOf(owner, region);
    await share(owner, image, [recipient.principalIn(policy)]);
    const fields = { region, imageId: image.imageId, name: 'b' };

    expect(await recipient.refused(updateImage, fields, { 'if-match': '"999"' })).toMatchObject({
      code: 'NotOwner',
      rule: 'received.read-only',
    });
  });
});

describe.each(testRegions)('If-Match in an edit of an image in $name', ({ region }) => {
  const edit = editWith(region);

  it.each(['1', 'unquoted', '"1', '"a" "b"', 'W/1', '*, "1"', '"a"b', ',', 'w/"1"'])(
    'is refused with 400 if it is malformed: %s',
    async (ifMatch) => {
      const { imageId } = await anImageOf(owner, region);

      expect(await edit(imageId, { name: 'b' }, ifMatch)).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', offenders: [{ id: 'If-Match' }] },
      });
    },
  );
});

describe.each(testRegions)('the products of an image in $name', ({ region, policy }) => {
  const edit = (imageId: string, products: unknown) => owner.try(updateImage, { region, imageId, products });

  it('can be extended where the policy allows, so that recipients too can launch instances of both', async () => {
    const image = await anImageOf(owner, region);
    const key = { region, imageId: image.imageId };
    await share(owner, image, [recipient.principalIn(policy)]);
    const refusal = { status: 409, code: 'ImageNotUsable', rule: 'share.cross-product' };
    expect(image.products).toEqual(['standard']);
    expect(await recipient.refused(runInstance, { ...key, product: 'lightweight' })).toMatchObject(refusal);

    const response = await edit(image.imageId, ['lightweight', 'standard']);

    if (!policy.lightweightMayBeShared) {
      expect(response.body).toMatchObject(refusal);
      return;
    }
    expect(response).toMatchObject({ status: 200, body: { products: ['standard', 'lightweight'] } });
    const launched = await recipient.ok(runInstance, { ...key, product: 'lightweight' });
    expect(launched).toMatchObject({ product: 'lightweight' });
    expect(await launch(recipient, image)).toMatchObject({ product: 'standard' });

    expect(await edit(image.imageId, ['standard'])).toMatchObject({ status: 200, body: { products: ['standard'] } });
    expect(await owner.refused(runInstance, { ...key, product: 'lightweight' })).toMatchObject(refusal);
    const reinstall = { region, instanceId: launched.instanceId, imageId: image.imageId };
    expect(await recipient.refused(reinstallInstance, reinstall)).toMatchObject(refusal);
  });

  it.each([
    { products: [], field: 'products' },
    { products: ['lightweight'], field: 'products' },
    { products: ['heavy'], field: 'products[0]' },
    { products: ['standard', 'lightweight', 'standard'], field: 'products' },
    { products: 'standard', field: 'products' },
    { products: null, field: 'products' },
  ])('are refused with 400 if they are $products', async ({ products, field }) => {
    const { imageId } = await anImageOf(owner, region);

    expect(await edit(imageId, products)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', offenders: expect.arrayContaining([expect.objectContaining({ id: field })]) },
    });
  });
});
