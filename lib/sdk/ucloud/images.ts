import * as z from 'zod';
import { Description, lineOf, Name } from '../../model/fields.ts';
import { osBytesMax } from '../../model/limits.ts';
import { wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { commonParameters, HostParameter, ImageParameter, osTypeOf, Tag, tagKey, unsupported } from './parameters.ts';
import { requireZone } from './zones.ts';

/** The size of an imported image: ImportCustomImage has no size parameter. */
const importedGiB = 20;

export const ImageName = Text.pipe(Name);
export const ImageDescription = Text.pipe(Description);

const tagsFrom = (tag: string | undefined) => (tag === undefined ? undefined : { [tagKey]: tag });

/**
 * The file is not read. Only `OsName` is stored: DescribeImage derives `OsType` from it. Source:
 * https://docs.ucloud.cn/api/uhost-api/import_custom_image, whose example writes `Auth=1`.
 */
export const importCustomImage = wireAction({
  parameters: z
    .object({
      ...commonParameters,
      ImageName,
      UFileUrl: Text,
      OsType: Text,
      OsName: Text.pipe(lineOf(osBytesMax)),
      Format: Text.pipe(z.string().regex(/^(raw|vhd|vmdk|qcow2)$/i, 'must be RAW, VHD, VMDK or qcow2')),
      Auth: z.union([z.literal([1, '1']), Flag], { error: 'must be true' }).refine((flag) => flag !== false, 'must be true'),
      ImageDescription: ImageDescription.optional(),
      Tag: Tag.optional(),
    })
    .refine(({ OsType, OsName }) => osTypeOf(OsType) === 'Linux' || osTypeOf(OsName) === 'Windows', {
      path: ['OsName'],
      error: 'must contain "Windows" if OsType does',
    }),
  async run({ Zone, ImageName: name, OsName: os, ImageDescription: description, Tag: tag }, service) {
    requireZone(Zone, service.region);
    const { imageId } = await service.importImage({ name, os, description, tags: tagsFrom(tag), sizeGiB: importedGiB });
    return { ImageId: imageId };
  },
});

/** Source: https://docs.ucloud.cn/api/uhost-api/create_custom_image. */
export const createCustomImage = wireAction({
  parameters: z.object({
    ...commonParameters,
    UHostId: HostParameter,
    ImageName,
    ImageDescription: ImageDescription.optional(),
    Tag: Tag.optional(),
    DataUDiskIds: unsupported('there are no snapshots of data disks'),
  }),
  async run({ Zone, UHostId, ImageName: name, ImageDescription: description, Tag: tag }, service) {
    requireZone(Zone, service.region);
    const { imageId } = await service.createImage(UHostId, { name, description, tags: tagsFrom(tag) });
    return { ImageId: imageId, DataSnapshotIds: [] };
  },
});

/** Source: https://docs.ucloud.cn/api/uhost-api/terminate_custom_image. */
export const terminateCustomImage = wireAction({
  parameters: z.object({ ...commonParameters, ImageId: ImageParameter }),
  async run({ Zone, ImageId }, service) {
    requireZone(Zone, service.region);
    await service.deleteImage(ImageId);
    return { ImageId };
  },
});
