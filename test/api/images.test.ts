import { copyImage } from '../../functions/copy-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { putProject } from '../../functions/put-project.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { updateImage } from '../../functions/update-image.ts';
import { anImageOf, freshId, type Member, share, testRegions } from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

let owner: Member;
let recipient: Member;

beforeAll(async () => {
  [owner, recipient] = (await freshMembers(2)) as [Member, Member];
});

const otherRegions: Readonly<Record<string, string>> = {
  'ap-guangzhou': 'ap-shanghai',
  'cn-hangzhou': 'cn-shanghai',
  'cn-bj2': 'cn-sh2',
};

describe.each(testRegions)('an image in $name', ({ region, policy }) => {
  const otherRegion = otherRegions[region] as string;

  it("is imported with an id in its cloud's format and with all given properties", async () => {
    const properties = {
      name: 'Wëb ☃ \u{1f680}',
      description: 'line\nline',
      os: 'Debian 12',
      architecture: 'arm64',
      product: 'lightweight',
      encryption: 'customer',
      tags: { role: 'web', constructors: 'x', 'a b': '' },
    };
    const image = await owner.ok(importImage, { region, ...properties, sizeGiB: 20, disks: [{ sizeGiB: 5 }] });

    expect(image).toMatchObject({
      ...properties,
      region,
      state: 'available',
      owner: owner.principalIn(policy),
      disksGiB: [20, 5],
      sizeGiB: 25,
      products: ['lightweight'],
      shareCount: 0,
    });
    expect(image.imageId).toMatch(new RegExp(`^${policy.imageId.prefix}[a-z0-9]{${policy.imageId.length}}$`));
    expect(await owner.ok(getImage, { region, imageId: image.imageId })).toEqual(image);
  });

  it('becomes available once by a report of the compute platform', async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const report = (state: string, reason?: string) =>
      compute().try(reportImageState, { region, imageId, state, ...(reason !== undefined && { reason }) });

    expect(await report('available', 'read in')).toMatchObject({
      status: 200,
      body: { imageId, region, state: 'available', stateReason: 'read in' },
    });
    expect(await report('available')).toMatchObject({ status: 200 });
    expect(await report('failed')).toMatchObject({ status: 409, body: { code: 'ImageNotUsable' } });
    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ state: 'available', stateReason: 'read in' });
  });

  it("that failed has a reason, and can't be copied", async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    await compute().ok(reportImageState, { region, imageId, state: 'failed', reason: 'bad checksum' });

    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({ state: 'failed', stateReason: 'bad checksum' });
    expect(await owner.refused(copyImage, { region, imageId, destinationRegion: otherRegion })).toMatchObject({
      code: 'ImageNotUsable',
      rule: 'owner.copies',
    });
    expect(await compute().refused(reportImageState, { region, imageId: 'missing', state: 'failed' })).toMatchObject({
      status: 404,
      code: 'ImageNotFound',
    });
  });

  it('can be copied to another region of its cloud or within its own, without shares, in state copying', async () => {
    const image = await anImageOf(owner, region, { tags: { role: 'web' } });
    await share(owner, image, [recipient.principalIn(policy)]);

    for (const destinationRegion of [otherRegion, region]) {
      const copy = await owner.ok(copyImage, { region, imageId: image.imageId, destinationRegion, name: 'copy' });
      const key = { region: destinationRegion, imageId: copy.imageId };
      expect(copy).toMatchObject({ ...key, state: 'copying', name: 'copy', tags: { role: 'web' }, shareCount: 0 });
      expect(await recipient.refused(getImage, key)).toMatchObject({ code: 'ImageNotFound' });
      await compute().ok(reportImageState, { ...key, state: 'available' });
      await share(owner, key, [recipient.principalIn(policy)]);
      expect(await owner.ok(listImageShares, key)).toMatchObject({ used: 1 });
    }
    expect(await owner.ok(getImage, { region, imageId: image.imageId })).toMatchObject({ shareCount: 1 });
  });

  it("can't be copied to a region of another cloud", async () => {
    const { imageId } = await anImageOf(owner, region);

    for (const destinationRegion of testRegions.map((testRegion) => testRegion.region).filter((name) => name !== region)) {
      expect(await owner.refused(copyImage, { region, imageId, destinationRegion })).toMatchObject({
        status: 400,
        code: 'InvalidRequest',
        rule: 'owner.copies',
        offenders: [{ id: 'destinationRegion' }],
      });
    }
  });

  it('can be edited field by field, keeping absent fields', async () => {
    const { imageId } = await anImageOf(owner, region, { description: 'old', tags: { a: '1', b: '2' } });
    const edit = (fields: object) => owner.ok(updateImage, { region, imageId, ...fields });

    expect(await edit({ name: 'new' })).toMatchObject({ name: 'new', description: 'old', tags: { a: '1', b: '2' } });
    expect((await edit({ tags: { c: '3' } })).tags).toEqual({ c: '3' });
    expect(await edit({ description: '', tags: {} })).toMatchObject({ name: 'new', description: '', tags: {} });
  });

  it('can be deprecated while shared if the policy allows, keeping its shares', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, [recipient.principalIn(policy)]);
    const response = await owner.try(updateImage, { region, imageId, deprecated: true });

    if (policy.ownerMayDeprecateWhileShared) {
      expect(response).toMatchObject({ status: 200, body: { state: 'deprecated', shareCount: 1 } });
    } else {
      expect(response).toMatchObject({
        status: 409,
        body: { code: 'ImageShared', rule: 'owner.deprecates', recipients: [recipient.principalIn(policy)] },
      });
    }
    const state = policy.ownerMayDeprecateWhileShared ? 'deprecated' : 'available';
    expect(await recipient.ok(getImage, { region, imageId })).toMatchObject({ state });
    expect(await owner.ok(updateImage, { region, imageId, deprecated: false })).toMatchObject({ state: 'available' });
  });
});

describe('a copy for another project', () => {
  const region = 'cn-bj2';

  it('of the same account belongs to that project; for any other project it is refused', async () => {
    const project = freshId('org-');
    await operator().ok(putProject, { accountId: owner.account, projectId: project, name: 'second' });
    const { imageId } = await anImageOf(owner, region);
    const copy = (projectId: string) => owner.try(copyImage, { region, imageId, destinationRegion: region, project: projectId });

    const copied = await copy(project);
    expect(copied).toMatchObject({ status: 201, body: { owner: project, name: 'web' } });
    expect((await copy(recipient.project)).body).toMatchObject({ status: 404, code: 'ProjectNotFound' });
    expect((await copy('unknown')).body).toMatchObject({ status: 404, code: 'ProjectNotFound' });
  });
});
