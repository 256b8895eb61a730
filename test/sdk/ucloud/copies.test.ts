import { ActionError } from '../../../lib/model/error.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { copyCustomImage } from '../../../lib/sdk/ucloud/copies.ts';
import { imageId, region } from '../../support/builders.ts';

const regions = ['cn-bj2', 'cn-sh2', 'cn-gd'].map(region);

/** A service that copies into some regions, and forecasts that it copies into more. */
function serviceWhere({ allowed, forecast }: { allowed: readonly string[]; forecast: readonly string[] }) {
  const made: string[] = [];
  const copying = (into: readonly string[], isDryRun: boolean): Service =>
    ({
      regions,
      region: regions[0],
      as: () => copying(forecast, true),
      copyImage: async (_: unknown, { destinationRegion }: { destinationRegion: string }) => {
        if (!into.includes(destinationRegion)) {
          throw new ActionError('ImageQuotaExceeded', { detail: `No room in ${destinationRegion}.` });
        }
        if (!isDryRun) {
          made.push(destinationRegion);
        }
        return { imageId: imageId(`uimage-${destinationRegion}`) };
      },
    }) as unknown as Service;
  return { made, service: copying(allowed, false) };
}

const parameters = { SourceImageId: 'uimage-1', TargetProjectId: 'org-1', TargetRegionList: regions };
const copy = (service: Service) => copyCustomImage.run(copyCustomImage.parameters.parse(parameters) as never, service);

describe('CopyCustomImage into several regions', () => {
  it('asks for all copies before it makes any', async () => {
    const { made, service } = serviceWhere({ allowed: regions, forecast: ['cn-bj2', 'cn-sh2'] });

    await expect(copy(service)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(made).toEqual([]);
  });

  it('tells which copies it made where a later one is refused after all, so that no SDK makes them again', async () => {
    const { made, service } = serviceWhere({ allowed: ['cn-bj2', 'cn-gd'], forecast: regions });

    expect(await copy(service)).toEqual({ Infos: [{ TargetRegion: 'cn-bj2', TargetImageId: 'uimage-cn-bj2' }] });
    expect(made).toEqual(['cn-bj2']);
  });

  it('is refused where the first one is', async () => {
    const { made, service } = serviceWhere({ allowed: ['cn-gd'], forecast: regions });

    await expect(copy(service)).rejects.toMatchObject({ code: 'ImageQuotaExceeded' });
    expect(made).toEqual([]);
  });
});
