import * as z from 'zod';
import type { Region } from '../../model/ids.ts';
import type { Service } from '../service.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { wrongParameter } from './errors.ts';
import { ImageDescription, ImageName, Tag } from './images.ts';
import { ImageParameter, tagKey } from './parameters.ts';
import { ProjectParameter } from './projects.ts';

/** Regions that one call may copy to. */
const regionsPerCallMax = 20;

function regionOf(service: Service, name: string, parameter: string): Region {
  const region = service.regions.find((one) => one === name);
  if (region === undefined) {
    throw new ProviderError(wrongParameter(parameter, "is not a region of UCloud's in this installation"));
  }
  return region;
}

/**
 * Copies an image into one region or several, for a project of the same account. Source:
 * https://docs.ucloud.cn/api/uhost-api/copy_custom_image.
 */
export const copyCustomImage = wireAction({
  parameters: z.object({
    SourceImageId: ImageParameter,
    TargetProjectId: ProjectParameter,
    TargetRegion: Text.optional(),
    TargetRegionList: z.array(Text).max(regionsPerCallMax).default([]),
    TargetImageName: ImageName.optional(),
    TargetImageDescription: ImageDescription.optional(),
    TargetImageTag: Tag.optional(),
  }),
  async run({ SourceImageId, TargetProjectId: project, TargetRegion, TargetRegionList, ...target }, service) {
    const listed = TargetRegionList.map((name, at) => regionOf(service, name, `TargetRegionList.${at}`));
    const single = TargetRegion === undefined ? service.region : regionOf(service, TargetRegion, 'TargetRegion');
    const tag = target.TargetImageTag;
    const copies = [...new Set(listed.length > 0 ? listed : [single])].map((destinationRegion) => ({
      destinationRegion,
      project,
      name: target.TargetImageName,
      description: target.TargetImageDescription,
    }));
    const tags = tag === undefined ? undefined : { ...(await service.image(SourceImageId)).tags, [tagKey]: tag };
    const forecast = service.as({ isDryRun: true });
    if (copies.length > 1) {
      for (const copy of copies) {
        await forecast.copyImage(SourceImageId, { ...copy, tags });
      }
    }
    const infos: { TargetRegion: Region; TargetImageId: string }[] = [];
    for (const copy of copies) {
      try {
        const { imageId } = await service.copyImage(SourceImageId, { ...copy, tags });
        infos.push({ TargetRegion: copy.destinationRegion, TargetImageId: imageId });
      } catch (failure) {
        // SDKs repeat a call that failed, and would make the copies before this one again: what was made is told instead.
        if (infos.length === 0) {
          throw failure;
        }
        break;
      }
    }
    return listed.length > 0 ? { Infos: infos } : { TargetImageId: infos[0]?.TargetImageId };
  },
});

/** A call of the service's own, in the shape of CompShare's CopyCompShareCustomImage. */
export const saveSharedImage = wireAction({
  parameters: z.object({ ImageId: ImageParameter, ImageName: ImageName.optional() }),
  async run({ ImageId, ImageName: name }, service) {
    const { imageId } = await service.saveImage(ImageId, { name });
    return { NewImageId: imageId };
  },
});
