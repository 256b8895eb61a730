import { reportImageState } from '../../../functions/report-image-state.ts';
import { anImageOf } from '../../support/client.ts';
import { compute } from '../../support/in-process.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
beforeAll(async () => {
  owner = await freshCaller();
});

const imageIn = async (caller: Caller, imageId: string) =>
  ((await caller.call('DescribeImages', { ImageIds: [imageId] }))['ImageSet'] as Record<string, unknown>[])[0];

describe('an image in DescribeImages', () => {
  it('is complete only when it is available', async () => {
    for (const [state, expected] of [
      ['available', { ImageState: 'NORMAL', SyncPercent: 100 }],
      ['failed', { ImageState: 'CREATEFAILED', SyncPercent: null }],
    ] as const) {
      const { imageId } = await anImageOf(owner, region, { state: 'pending' });
      expect(await imageIn(owner, imageId)).toMatchObject({ ImageState: 'CREATING', SyncPercent: null });
      await compute().ok(reportImageState, { region, imageId, state });
      expect(await imageIn(owner, imageId)).toMatchObject(expected);
    }
  });

  it('has every field that the cloud never returns as null', async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const names = [
      ...['ImageId', 'OsName', 'ImageType', 'CreatedTime', 'ImageName', 'ImageDescription', 'ImageSize', 'Architecture'],
      ...['ImageState', 'Platform', 'ImageCreator', 'ImageSource', 'IsSupportCloudinit', 'SnapshotSet', 'Tags', 'LicenseType'],
      ...['ImageFamily', 'ImageDeprecated', 'CdcCacheStatus'],
    ];
    const image = await imageIn(owner, imageId);
    expect(names.filter((name) => (image?.[name] ?? null) === null)).toEqual([]);
  });
});
