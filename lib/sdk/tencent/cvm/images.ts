/** How images of CVM come about, change and end. */
import * as z from 'zod';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { Flag, ignored, Text } from '../../wire-fields.ts';
import { validateOrRun, validateThenRun } from '../dry-run.ts';
import { atLeastOne, DryRun, Image, Instance, requireAtMost, textOf } from '../parameters.ts';
import { TagSpecification, tagsFrom } from './tags.ts';

const ImageName = textOf(60);
const ImageDescription = textOf(256);

/**
 * The size of a disk whose image is imported, which the cloud reads from the file and the request does not state: the size
 * that RunInstances gives a system disk unless it is told another.
 */
const importedDiskGiB = 50;

const architectures = { x86_64: 'x86_64', arm_64: 'arm64' } as const;

export const importImage = wireAction({
  parameters: z.strictObject({
    Architecture: z.enum(['x86_64', 'arm_64'], { error: 'must be x86_64 or arm_64' }),
    OsType: Text,
    OsVersion: Text,
    ImageUrl: z.url({ protocol: /^https?$/, error: 'must be the address of an image' }),
    ImageName,
    ImageDescription: ImageDescription.optional(),
    ImportImageDataDiskList: z.array(z.strictObject({ ImageUrl: Text })).default([]),
    TagSpecification,
    DryRun,
    ...ignored('Force', 'LicenseType', 'BootMode', 'ImageFamily'),
  }),
  async run(stated, service) {
    const { imageId } = await validateOrRun(service, stated.DryRun, (asked) =>
      asked.importImage({
        name: stated.ImageName,
        description: stated.ImageDescription,
        // The version "-" stands for "whichever".
        os: `${stated.OsType} ${stated.OsVersion}`.replace(/ -?$/, ''),
        architecture: architectures[stated.Architecture],
        tags: tagsFrom(stated.TagSpecification),
        sizeGiB: importedDiskGiB,
        disks: stated.ImportImageDataDiskList.map(() => ({ sizeGiB: importedDiskGiB })),
      }),
    );
    return { ImageId: imageId };
  },
});

export const createImage = wireAction({
  parameters: z.strictObject({
    ImageName,
    InstanceId: Instance.optional(),
    SnapshotIds: z.array(Text).default([]),
    ImageDescription: ImageDescription.optional(),
    TagSpecification,
    DryRun,
    ...ignored('ForcePoweroff', 'Sysprep', 'DataDiskIds', 'ImageFamily'),
  }),
  async run(stated, service) {
    const { InstanceId, SnapshotIds } = stated;
    if ((InstanceId === undefined) === (SnapshotIds.length === 0)) {
      throw new ProviderError({
        code: 'InvalidParameter.SpecifyOneParameter',
        message: 'One of InstanceId and SnapshotIds has to be specified.',
      });
    }
    if (InstanceId === undefined) {
      throw new ProviderError({ code: 'InvalidParameter.SnapshotNotFound', message: 'There are no snapshots here.' });
    }
    const { imageId } = await validateOrRun(service, stated.DryRun, (asked) =>
      asked.imageOf(InstanceId, {
        name: stated.ImageName,
        description: stated.ImageDescription,
        tags: tagsFrom(stated.TagSpecification),
      }),
    );
    return { ImageId: imageId };
  },
});

export const modifyImageAttribute = wireAction({
  parameters: z.strictObject({
    ImageId: Image,
    ImageName: ImageName.optional(),
    ImageDescription: ImageDescription.optional(),
    ImageDeprecated: Flag.optional(),
    ...ignored('ImageFamily'),
  }),
  async run({ ImageId, ImageName: name, ImageDescription: description, ImageDeprecated: deprecated }, service) {
    await service.updateImage(ImageId, { name, description, deprecated });
    return {};
  },
});

/** Images that one call may delete, as many as lists answer. The documents give no number. */
const deletedMax = 100;

export const deleteImages = wireAction({
  parameters: z.strictObject({ ImageIds: atLeastOne(Image), DryRun, ...ignored('DeleteBindedSnap') }),
  async run({ ImageIds, DryRun: isDryRun }, service) {
    requireAtMost(deletedMax, 'ImageIds', ImageIds);
    await validateThenRun(
      service,
      isDryRun,
      [...new Set(ImageIds)].map((imageId) => (asked: Service) => asked.deleteImage(imageId)),
    );
    return {};
  },
});
