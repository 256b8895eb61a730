import * as z from 'zod';
import type { Region } from '../../model/ids.ts';
import type { Service } from '../service.ts';
import { validateThenRun } from '../validate-then-run.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { wrongParameter } from './errors.ts';
import { ImageDescription, ImageName } from './images.ts';
import { commonParameters, ImageParameter, Tag, tagKey } from './parameters.ts';
import { ProjectParameter } from './projects.ts';
import { requireZone } from './zones.ts';

/** The most target regions in one call. */
const regionsPerCallMax = 20;

/** Throws ProviderError if UCloud has no such region in this deployment. */
function requireRegion(service: Service, name: string, parameter: string): Region {
  const region = service.regions.find((candidate) => candidate === name);
  if (region === undefined) {
    throw new ProviderError(wrongParameter(parameter, 'must be a UCloud region of this deployment', name));
  }
  return region;
}

/**
 * Copies an image to one or more regions, for a project of the same account. Source:
 * https://docs.ucloud.cn/api/uhost-api/copy_custom_image.
 */
export const copyCustomImage = wireAction({
  parameters: z.object({
    ...commonParameters,
    SourceImageId: ImageParameter,
    TargetProjectId: ProjectParameter,
    TargetRegion: Text.optional(),
    TargetRegionList: z.array(Text).max(regionsPerCallMax).default([]),
    TargetImageName: ImageName.optional(),
    TargetImageDescription: ImageDescription.optional(),
    TargetImageTag: Tag.optional(),
  }),
  async run({ Zone, SourceImageId, TargetProjectId: project, TargetRegion, TargetRegionList, ...target }, service) {
    requireZone(Zone, service.region);
    const listed = TargetRegionList.map((name, index) => requireRegion(service, name, `TargetRegionList.${index}`));
    const single = TargetRegion === undefined ? service.region : requireRegion(service, TargetRegion, 'TargetRegion');
    if (TargetRegion !== undefined && listed.length > 0 && !listed.includes(single)) {
      throw new ProviderError(wrongParameter('TargetRegion', 'must be in TargetRegionList, if there is one', TargetRegion));
    }
    const tag = target.TargetImageTag;
    const regions = [...new Set(listed.length > 0 ? listed : [single])];
    const tags = tag === undefined ? undefined : { ...(await service.getImage(SourceImageId)).tags, [tagKey]: tag };
    const details = { project, name: target.TargetImageName, description: target.TargetImageDescription, tags };
    const copyTo = (destinationRegion: Region) => (api: Service) =>
      api.copyImage(SourceImageId, { destinationRegion, ...details });
    if (regions.length > 1) {
      await validateThenRun(service, true, regions.map(copyTo));
    }
    const infos: { TargetRegion: Region; TargetImageId: string }[] = [];
    for (const region of regions) {
      try {
        const { imageId } = await copyTo(region)(service);
        infos.push({ TargetRegion: region, TargetImageId: imageId });
      } catch (failure) {
        // SDKs retry a failed call, which would create the earlier copies again. So return those instead of failing.
        if (infos.length === 0) {
          throw failure;
        }
        break;
      }
    }
    return listed.length > 0 ? { Infos: infos } : { TargetImageId: infos[0]?.TargetImageId };
  },
});

/** An action that UCloud doesn't have, modeled on CopyCompShareCustomImage of CompShare. */
export const saveSharedImage = wireAction({
  parameters: z.object({ ...commonParameters, ImageId: ImageParameter, ImageName: ImageName.optional() }),
  async run({ Zone, ImageId, ImageName: name }, service) {
    requireZone(Zone, service.region);
    const { imageId } = await service.saveSharedImage(ImageId, { name });
    return { NewImageId: imageId };
  },
});
