import { ActionError } from '../../../lib/model/error.ts';
import type { Tags } from '../../../lib/model/image.ts';
import type { CallOptions, Service } from '../../../lib/sdk/service.ts';
import { copyCustomImage, saveSharedImage } from '../../../lib/sdk/ucloud/copies.ts';
import type { Fields } from '../../../lib/sdk/wire.ts';
import { imageId, region } from '../../support/builders.ts';

const regions = ['cn-bj2', 'cn-sh2', 'cn-gd'].map(region);

/** A service whose copies and whose dry runs succeed in different regions. */
function serviceWith({ copyRegions, dryRunRegions }: { copyRegions: readonly string[]; dryRunRegions: readonly string[] }) {
  const copied: { readonly destinationRegion: string; readonly tags?: Tags }[] = [];
  const serviceFor = (allowed: readonly string[], isDryRun: boolean): Service =>
    ({
      regions,
      region: regions[0],
      withOptions: (options: CallOptions) => serviceFor(dryRunRegions, options.isDryRun === true),
      getImage: async () => ({ tags: { Tag: 'shop', team: 'web' } }),
      copyImage: async (_: unknown, copy: { destinationRegion: string; tags?: Tags }) => {
        if (!allowed.includes(copy.destinationRegion)) {
          throw new ActionError('ImageQuotaExceeded', { detail: `The quota in ${copy.destinationRegion} is exceeded.` });
        }
        if (!isDryRun) {
          copied.push(copy);
        }
        return { imageId: imageId(`uimage-${copy.destinationRegion}`) };
      },
    }) as unknown as Service;
  return { copied, service: serviceFor(copyRegions, false) };
}

const parameters = { SourceImageId: 'uimage-1', TargetProjectId: 'org-1' };
const copy = (service: Service, target: Fields) =>
  copyCustomImage.run(copyCustomImage.parameters.parse({ ...parameters, ...target }) as never, service);
const toAll = { TargetRegionList: regions };

describe('CopyCustomImage to several regions', () => {
  it('validates all copies before it creates any', async () => {
    const { copied, service } = serviceWith({ copyRegions: regions, dryRunRegions: ['cn-bj2', 'cn-sh2'] });

    await expect(copy(service, toAll)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(copied).toEqual([]);
  });

  it('creates a copy in each region', async () => {
    const { copied, service } = serviceWith({ copyRegions: regions, dryRunRegions: regions });

    const { Infos } = await copy(service, toAll);
    expect(Infos).toEqual(regions.map((name) => ({ TargetRegion: name, TargetImageId: `uimage-${name}` })));
    expect(copied).toMatchObject(regions.map((destinationRegion) => ({ destinationRegion })));
  });

  it('returns the copies so far if a later one fails, so that the SDK does not retry and create them again', async () => {
    const { copied, service } = serviceWith({ copyRegions: ['cn-bj2', 'cn-gd'], dryRunRegions: regions });

    expect(await copy(service, toAll)).toEqual({ Infos: [{ TargetRegion: 'cn-bj2', TargetImageId: 'uimage-cn-bj2' }] });
    expect(copied).toMatchObject([{ destinationRegion: 'cn-bj2' }]);
  });

  it('fails if the first copy fails', async () => {
    const { copied, service } = serviceWith({ copyRegions: ['cn-gd'], dryRunRegions: regions });

    await expect(copy(service, toAll)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(copied).toEqual([]);
  });

  it('fails if one of them is not a region of UCloud, and names its position', async () => {
    const { copied, service } = serviceWith({ copyRegions: regions, dryRunRegions: regions });

    await expect(copy(service, { TargetRegionList: ['cn-gd', 'mars'] })).rejects.toMatchObject({
      error: { message: expect.stringContaining('[TargetRegionList.1]') },
    });
    expect(copied).toEqual([]);
  });
});

describe('CopyCustomImage to one region', () => {
  const { copied, service } = serviceWith({ copyRegions: ['cn-gd'], dryRunRegions: [] });
  beforeEach(() => copied.splice(0));

  it.each([
    ['TargetRegion', { TargetRegion: 'cn-gd' }, { TargetImageId: 'uimage-cn-gd' }],
    [
      'TargetRegionList, which needs not contain the region of the call',
      { TargetRegionList: ['cn-gd'] },
      { Infos: [{ TargetRegion: 'cn-gd', TargetImageId: 'uimage-cn-gd' }] },
    ],
  ])('creates the copy without a dry run: %s', async (_, target, response) => {
    expect(await copy(service, target)).toEqual(response);
    expect(copied).toMatchObject([{ destinationRegion: 'cn-gd' }]);
  });

  it.each([
    ['only the tags that the service copies', {}, undefined],
    ["the image's other tags with a new Tag", { TargetImageTag: 'blog' }, { Tag: 'blog', team: 'web' }],
  ])('gives the copy %s', async (_, target, tags) => {
    await copy(service, { TargetRegion: 'cn-gd', ...target });

    expect(copied[0]?.tags).toEqual(tags);
  });
});

describe('SaveSharedImage', () => {
  it.each([
    [{}, 'theirs'],
    [{ ImageName: 'mine' }, 'mine'],
  ])('saves the image under the requested name, or its own: %j', async (named, name) => {
    const service = {
      region: regions[0],
      saveSharedImage: async (id: string, copy: { name?: string }) => ({ imageId: `${copy.name ?? 'theirs'}-${id}` }),
    } as unknown as Service;
    const fields = saveSharedImage.parameters.parse({ ImageId: 'uimage-1', ...named });

    expect(await saveSharedImage.run(fields as never, service)).toEqual({ NewImageId: `${name}-uimage-1` });
  });
});
