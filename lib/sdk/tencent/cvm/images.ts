/** Creates, changes, and deletes CVM images. */
import * as z from 'zod';
import type { Service } from '../../service.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { Flag, ignored, Text } from '../../wire-fields.ts';
import { validateOrRun, validateThenRun } from '../dry-run.ts';
import { atLeastOne, DryRun, ImageParameter, InstanceParameter, requireAtMost, textUpTo } from '../parameters.ts';
import { TagSpecification, tagsFrom } from './tags.ts';

const ImageName = textUpTo(60);
const ImageDescription = textUpTo(256);

/** The size of an imported disk. Tencent Cloud reads it from the file; this is the default system disk size of RunInstances. */
const importedDiskGiB = 50;

const architectures = { x86_64: 'x86_64', arm_64: 'arm64' } as const;

export const importImage = wireAction({
  parameters: z.strictObject({
    Architecture: z.enum(['x86_64', 'arm_64'], { error: 'must be x86_64 or arm_64' }),
    OsType: Text,
    OsVersion: Text,
    ImageUrl: z.url({ protocol: /^https?$/, error: 'must be an HTTP or HTTPS URL' }),
    ImageName,
    ImageDescription: ImageDescription.optional(),
    ImportImageDataDiskList: z.array(z.strictObject({ ImageUrl: Text })).default([]),
    TagSpecification,
    DryRun,
    ...ignored('Force', 'LicenseType', 'BootMode', 'ImageFamily'),
  }),
  async run(parameters, service) {
    const { imageId } = await validateOrRun(service, parameters.DryRun, (api) =>
      api.importImage({
        name: parameters.ImageName,
        description: parameters.ImageDescription,
        // The version "-" means any version.
        os: `${parameters.OsType} ${parameters.OsVersion}`.replace(/ -?$/, ''),
        architecture: architectures[parameters.Architecture],
        tags: tagsFrom(parameters.TagSpecification),
        sizeGiB: importedDiskGiB,
        disks: parameters.ImportImageDataDiskList.map(() => ({ sizeGiB: importedDiskGiB })),
      }),
    );
    return { ImageId: imageId };
  },
});

export const createImage = wireAction({
  parameters: z.strictObject({
    ImageName,
    InstanceId: InstanceParameter.optional(),
    SnapshotIds: z.array(Text).default([]),
    ImageDescription: ImageDescription.optional(),
    TagSpecification,
    DryRun,
    ...ignored('ForcePoweroff', 'Sysprep', 'DataDiskIds', 'ImageFamily'),
  }),
  async run(parameters, service) {
    const { InstanceId, SnapshotIds } = parameters;
    if ((InstanceId === undefined) === (SnapshotIds.length === 0)) {
      throw new ProviderError({
        code: 'InvalidParameter.SpecifyOneParameter',
        message: 'Specify either InstanceId or SnapshotIds.',
      });
    }
    if (InstanceId === undefined) {
      throw new ProviderError({ code: 'InvalidParameter.SnapshotNotFound', message: 'Snapshots are not supported.' });
    }
    const { imageId } = await validateOrRun(service, parameters.DryRun, (api) =>
      api.createImage(InstanceId, {
        name: parameters.ImageName,
        description: parameters.ImageDescription,
        tags: tagsFrom(parameters.TagSpecification),
      }),
    );
    return { ImageId: imageId };
  },
});

export const modifyImageAttribute = wireAction({
  parameters: z.strictObject({
    ImageId: ImageParameter,
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

/** The most images that one call deletes. Undocumented; equal to the largest page of a list. */
const deletedMax = 100;

export const deleteImages = wireAction({
  parameters: z.strictObject({ ImageIds: atLeastOne(ImageParameter), DryRun, ...ignored('DeleteBindedSnap') }),
  async run({ ImageIds, DryRun: isDryRun }, service) {
    requireAtMost(deletedMax, 'ImageIds', ImageIds);
    await validateThenRun(
      service,
      isDryRun,
      [...new Set(ImageIds)].map((imageId) => (api: Service) => api.deleteImage(imageId)),
    );
    return {};
  },
});
