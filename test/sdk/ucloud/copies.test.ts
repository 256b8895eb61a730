import { ActionError } from '../../../lib/model/error.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { copyCustomImage } from '../../../lib/sdk/ucloud/copies.ts';
import { imageId, region } from '../../support/builders.ts';

const regions = ['cn-bj2', 'cn-sh2', 'cn-gd'].map(region);

/** A service whose copies and whose dry runs succeed in different regions. */
function serviceWith({ copyRegions, dryRunRegions }: { copyRegions: readonly string[]; dryRunRegions: readonly string[] }) {
  const copied: string[] = [];
  const serviceFor = (allowed: readonly string[], isDryRun: boolean): Service =>
    ({
      regions,
      region: regions[0],
      withOptions: () => serviceFor(dryRunRegions, true),
      copyImage: async (_: unknown, { destinationRegion }: { destinationRegion: string }) => {
        if (!allowed.includes(destinationRegion)) {
          throw new ActionError('ImageQuotaExceeded', { detail: `The quota in ${destinationRegion} is exceeded.` });
        }
        if (!isDryRun) {
          copied.push(destinationRegion);
        }
        return { imageId: imageId(`uimage-${destinationRegion}`) };
      },
    }) as unknown as Service;
  return { copied, service: serviceFor(copyRegions, false) };
}

const parameters = { SourceImageId: 'uimage-1', TargetProjectId: 'org-1', TargetRegionList: regions };
const copy = (service: Service) => copyCustomImage.run(copyCustomImage.parameters.parse(parameters) as never, service);

describe('CopyCustomImage to several regions', () => {
  it('validates all copies before it creates any', async () => {
    const { copied, service } = serviceWith({ copyRegions: regions, dryRunRegions: ['cn-bj2', 'cn-sh2'] });

    await expect(copy(service)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(copied).toEqual([]);
  });

  it('returns the copies so far if a later one fails, so that the SDK does not retry and create them again', async () => {
    const { copied, service } = serviceWith({ copyRegions: ['cn-bj2', 'cn-gd'], dryRunRegions: regions });

    expect(await copy(service)).toEqual({ Infos: [{ TargetRegion: 'cn-bj2', TargetImageId: 'uimage-cn-bj2' }] });
    expect(copied).toEqual(['cn-bj2']);
  });

  it('fails if the first copy fails', async () => {
    const { copied, service } = serviceWith({ copyRegions: ['cn-gd'], dryRunRegions: regions });

    await expect(copy(service)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(copied).toEqual([]);
  });
});
