/** Creates, changes, and deletes CVM images. */
import * as z from 'zod';
import { Description, lineOf, Name } from '../../../model/fields.ts';
import { disksMax, osBytesMax } from '../../../model/limits.ts';
import type { InstanceView } from '../../../model/views/instance.ts';
import { editImage } from '../../edit-image.ts';
import type { Service } from '../../service.ts';
import { validateThenRun } from '../../validate-then-run.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { Flag, ignored, Text } from '../../wire-fields.ts';
import { diskIdOf } from '../derived-ids.ts';
import { validateOrRun } from '../dry-run.ts';
import { truncate } from '../error-codes.ts';
import { withFamily } from '../image-tags.ts';
import { atLeastOne, DryRun, ImageParameter, InstanceParameter, requireAtMost, textUpTo } from '../parameters.ts';
import { ImageFamily } from './families.ts';
import { importArchitectures } from './import-os.ts';
import { TagSpecification, tagsFrom } from './tags.ts';

const ImageName = textUpTo(60).pipe(Name);
const ImageDescription = textUpTo(256).pipe(Description);

/** The size of an imported disk. Tencent Cloud reads it from the file; this is the default system disk size of RunInstances. */
const importedDiskGiB = 50;

/** `ImageId` in the response to a dry run, which creates no image. Clients dereference it. */
const noImage = '';

const architectures = { x86_64: 'x86_64', arm_64: 'arm64' } as const satisfies Record<
  (typeof importArchitectures)[number],
  string
>;

export const importImage = wireAction({
  parameters: z.strictObject({
    Architecture: z.enum(importArchitectures, { error: `must be ${importArchitectures.join(' or ')}` }),
    OsType: Text.pipe(lineOf(osBytesMax)),
    OsVersion: Text.pipe(lineOf(osBytesMax)),
    ImageUrl: z.url({ protocol: /^https?$/, error: 'must be an HTTP or HTTPS URL' }),
    ImageName,
    ImageDescription: ImageDescription.optional(),
    ImportImageDataDiskList: z
      .array(z.strictObject({ ImageUrl: Text }))
      .max(disksMax - 1)
      .default([]),
    TagSpecification,
    LicenseType: z.literal('TencentCloud', { error: 'must be TencentCloud' }).optional(),
    // Instances aren't booted here, so both modes do.
    BootMode: z.enum(['Legacy BIOS', 'UEFI'], { error: 'must be Legacy BIOS or UEFI' }).optional(),
    DryRun,
    ImageFamily: ImageFamily.default(''),
    ...ignored('Force'),
  }),
  async run(parameters, service) {
    const image = await validateOrRun(service, parameters.DryRun, (api) =>
      api.importImage({
        name: parameters.ImageName,
        description: parameters.ImageDescription,
        os: requireOs(parameters),
        architecture: architectures[parameters.Architecture],
        tags: withFamily(tagsFrom(parameters.TagSpecification), parameters.ImageFamily),
        sizeGiB: importedDiskGiB,
        disks: parameters.ImportImageDataDiskList.map(() => ({ sizeGiB: importedDiskGiB })),
      }),
    );
    return { ImageId: image?.imageId ?? noImage };
  },
});

/** Returns type and version together. Throws InvalidImageOsVersion.Unsupported if they are too long together. */
function requireOs({ OsType, OsVersion }: { OsType: string; OsVersion: string }): string {
  // The version "-" means any version.
  const os = `${OsType} ${OsVersion}`.replace(/ -?$/, '');
  if (!lineOf(osBytesMax).safeParse(os).success) {
    throw new ProviderError({
      code: 'InvalidImageOsVersion.Unsupported',
      message: `OsType and OsVersion must be at most ${osBytesMax} bytes in UTF-8 together, but are ${truncate(JSON.stringify(os))}.`,
    });
  }
  return os;
}

export const createImage = wireAction({
  parameters: z.strictObject({
    ImageName,
    InstanceId: InstanceParameter.optional(),
    DataDiskIds: z.array(Text).default([]),
    SnapshotIds: z.array(Text).default([]),
    ImageDescription: ImageDescription.optional(),
    TagSpecification,
    DryRun,
    ForcePoweroff: Flag.optional(),
    Sysprep: Flag.optional(),
    ImageFamily: ImageFamily.default(''),
  }),
  async run(parameters, service) {
    const { InstanceId, SnapshotIds, DataDiskIds } = parameters;
    if ((InstanceId === undefined) === (SnapshotIds.length === 0)) {
      throw new ProviderError({
        code: 'InvalidParameter.SpecifyOneParameter',
        message: 'Specify either InstanceId or SnapshotIds.',
      });
    }
    if (InstanceId === undefined) {
      throw new ProviderError({
        code: 'InvalidParameter.SnapshotNotFound',
        message: `Images cannot be created from snapshots here. Specify InstanceId instead of SnapshotIds ${truncate(SnapshotIds.join(', '))}.`,
      });
    }
    if (DataDiskIds.length > 0) {
      requireAllDataDisks(await service.getInstance(InstanceId), DataDiskIds);
    }
    const image = await validateOrRun(service, parameters.DryRun, (api) =>
      api.createImage(InstanceId, {
        name: parameters.ImageName,
        description: parameters.ImageDescription,
        tags: withFamily(tagsFrom(parameters.TagSpecification), parameters.ImageFamily),
      }),
    );
    return { ImageId: image?.imageId ?? noImage };
  },
});

/** An image always contains all disks of its instance, so exactly its data disks can be named. Throws ProviderError. */
function requireAllDataDisks({ instanceId, disksGiB }: InstanceView, diskIds: readonly string[]): void {
  const [systemDisk, ...dataDisks] = disksGiB.map((_, index) => diskIdOf(instanceId, index));
  if (systemDisk !== undefined && diskIds.includes(systemDisk)) {
    throw new ProviderError({
      code: 'InvalidParameter.DataDiskIdContainsRootDisk',
      message: `DataDiskIds contains the system disk ${systemDisk}.`,
    });
  }
  const unknown = diskIds.find((diskId) => !dataDisks.includes(diskId));
  if (unknown !== undefined) {
    throw new ProviderError({
      code: 'InvalidParameter.DataDiskNotBelongSpecifiedInstance',
      message: `Instance ${instanceId} has no data disk ${truncate(unknown)}.`,
    });
  }
  const missing = dataDisks.filter((diskId) => !diskIds.includes(diskId));
  if (missing.length > 0) {
    throw new ProviderError({
      code: 'UnsupportedOperation',
      message: `An image contains all data disks of its instance, but DataDiskIds does not contain ${missing.join(', ')}.`,
    });
  }
}

export const modifyImageAttribute = wireAction({
  parameters: z.strictObject({
    ImageId: ImageParameter,
    ImageName: ImageName.optional(),
    ImageDescription: ImageDescription.optional(),
    ImageDeprecated: Flag.optional(),
    ImageFamily: ImageFamily.optional(),
  }),
  async run(
    { ImageId, ImageName: name, ImageDescription: description, ImageDeprecated: deprecated, ImageFamily: family },
    service,
  ) {
    const changes = { name, description, deprecated };
    await (family === undefined
      ? service.updateImage(ImageId, changes)
      : editImage(ImageId, service, ({ tags }) => ({ ...changes, tags: withFamily(tags, family) })));
    return {};
  },
});

/** The most images that one call deletes. Undocumented; equal to the largest page of a list. */
const deletedMax = 100;

export const deleteImages = wireAction({
  // Snapshots are deleted with their image, so DeleteBindedSnap has no effect.
  parameters: z.strictObject({ ImageIds: atLeastOne(ImageParameter), DryRun, DeleteBindedSnap: Flag.optional() }),
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
