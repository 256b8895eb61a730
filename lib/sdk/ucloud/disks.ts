import * as z from 'zod';
import { ProviderError } from '../wire.ts';
import { Flag, Integer } from '../wire-fields.ts';
import { systemDiskTooLarge, systemDiskTooSmall, wrongParameter } from './errors.ts';
import { onlyFalse, unsupported } from './parameters.ts';

/** The type of every disk: UCloud's responses require one, and the service stores only sizes. */
export const diskType = 'CLOUD_SSD';

const Disk = z.object({
  IsBoot: Flag,
  Type: z.literal(diskType),
  Size: Integer.pipe(z.int().min(1)),
  BackupType: z.literal('NONE', 'must be "NONE": there are no backups').optional(),
  Encrypted: onlyFalse('disks are encrypted only if their image is'),
  KmsKeyId: unsupported('disks are encrypted only if their image is'),
  SnapshotId: unsupported('there are no snapshots of data disks'),
});
type Disk = z.output<typeof Disk>;

/** The disks of a new host. Source: https://docs.ucloud.cn/api/uhost-api/create_uhost_instance. */
export const Disks = z.array(Disk).refine((disks) => disks.filter(({ IsBoot }) => IsBoot).length === 1, {
  error: 'must contain exactly one disk with IsBoot=True',
});

/** Throws ProviderError unless the system disk of a host has the size of its image. */
export function requireSystemDisk(sizeGiB: number, imageGiB: number | undefined): void {
  if (imageGiB !== undefined && sizeGiB !== imageGiB) {
    throw new ProviderError((sizeGiB < imageGiB ? systemDiskTooSmall : systemDiskTooLarge)(sizeGiB, imageGiB));
  }
}

/** Throws ProviderError unless a host from an image with these disks has the requested ones. */
export function requireDisks(disks: readonly Disk[], [systemGiB, ...dataGiB]: readonly number[]): void {
  let data = 0;
  for (const [index, { IsBoot, Size }] of disks.entries()) {
    if (IsBoot) {
      requireSystemDisk(Size, systemGiB);
      continue;
    }
    const expectedGiB = dataGiB[data];
    data += 1;
    if (expectedGiB === undefined) {
      throw new ProviderError(wrongParameter(`Disks.${index}`, `must not be there: the image has ${dataGiB.length} data disks`));
    }
    if (Size !== expectedGiB) {
      throw new ProviderError(wrongParameter(`Disks.${index}.Size`, `must be ${expectedGiB}, as in the image`, Size));
    }
  }
}
