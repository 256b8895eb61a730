import { ActionError } from '../../../lib/model/error.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { ucloudActions } from '../../../lib/sdk/ucloud/actions.ts';
import type { Fields, WireAction } from '../../../lib/sdk/wire.ts';
import { fixedService } from './fixed-service.ts';

function list(action: string, parameters: Fields = {}, service: Partial<Service> = {}) {
  const { parameters: schema, run } = ucloudActions[action] as WireAction;
  return run(schema.parse(parameters) as never, { ...fixedService, ...service });
}
const idsIn = ({ ImageSet }: Fields) => (ImageSet as Fields[]).map(({ ImageId }) => String(ImageId).slice(-1));

describe('a list of images', () => {
  it.each(['DescribeImage', 'DescribeSharingImages'])('without filters reads only the images of its page: %s', async (action) => {
    const listImages = () => Promise.reject(new Error('All images are read.'));

    expect(await list(action, { Limit: 1 }, { listImages })).toMatchObject({ ImageSet: [expect.anything()] });
  });

  it.each([
    ['DescribeImage', {}, ['1', '2', '3', '4', '5', '6', '7']],
    ['DescribeImage', { ImageType: 'Base' }, ['4']],
    ['DescribeImage', { ImageType: 'Business' }, []],
    ['DescribeImage', { ImageType: 'Custom', FuncType: 'app' }, ['6']],
    ['DescribeImage', { OsType: 'Windows' }, ['4']],
    ['DescribeImage', { Tag: 'Default' }, ['2']],
    ['DescribeImage', { ImageId: 'uimage-000000000003', ImageIds: ['uimage-000000000001'] }, ['3', '1']],
    ['DescribeSharingImages', {}, ['3']],
    ['DescribeSharingImages', { Zone: 'cn-bj2-03' }, []],
    ['DescribeSharingImages', { ImageId: 'uimage-000000000003' }, ['3']],
    ['DescribeSharingImages', { ImageId: 'uimage-000000000003', Zone: 'cn-bj2-03' }, []],
    ['DescribeSharingImages', { ImageId: 'uimage-000000000001' }, []],
  ])('has the images of all filters: %s %j', async (action, parameters, ids) => {
    const page = await list(action, parameters);

    expect(idsIn(page)).toEqual(ids);
    expect(page['TotalCount']).toBe(ids.length);
  });

  it.each([
    [undefined, {}],
    ['0', {}],
    ['1', { PriceSet: [] }],
  ])('has prices, of which there are none, only with PriceSet=1: %s', async (PriceSet, prices) => {
    for (const filter of [{}, { Tag: 'shop' }]) {
      const { ImageSet } = await list('DescribeImage', { ...filter, PriceSet });
      const [{ PriceSet: found, ...image }] = ImageSet as [Fields];
      expect(found === undefined ? {} : { PriceSet: found }).toEqual(prices);
      expect(image).toMatchObject({ ImageId: 'uimage-000000000001' });
    }
  });
});

describe('a list by id', () => {
  const failing = (failure: Error) => ({ findImages: () => Promise.reject(failure), getInstance: () => Promise.reject(failure) });

  it.each([
    ['DescribeImage', { ImageIds: ['uimage-1'] }],
    ['DescribeSharingImages', { ImageId: 'uimage-1' }],
    ['DescribeUHostInstance', { UHostIds: ['uhost-1'] }],
  ])('fails if an entry cannot be read: %s', async (action, parameters) => {
    for (const failure of [new ActionError('Unavailable', { detail: 'Try again.' }), new Error('broken')]) {
      await expect(list(action, parameters, failing(failure))).rejects.toBe(failure);
    }
  });
});
