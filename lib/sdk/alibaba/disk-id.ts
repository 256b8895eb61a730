import { InstanceId } from '../../model/ids.ts';
import type { InstanceView } from '../../model/views/instance.ts';

/** A disk of an instance. Index 0 is the system disk. */
export interface Disk {
  readonly instanceId: InstanceId;
  readonly index: number;
}

/** Returns the ID of a disk. It is derived from the instance's ID, so it stays the same when the disk is reinstalled. */
export const diskIdOf = ({ instanceId, index }: Disk): string =>
  `${instanceId.replace('i-', 'd-')}${index === 0 ? '' : `-${index}`}`;

/** Returns undefined for an ID that no disk can have. */
export function parseDiskId(diskId: string): Disk | undefined {
  const match = /^d-([a-z0-9]{20})(?:-([1-9]\d?))?$/.exec(diskId);
  return match === null ? undefined : { instanceId: InstanceId.parse(`i-${match[1]}`), index: Number(match[2] ?? 0) };
}

/** The disks of an instance, the system disk first. */
export const disksOf = (instance: InstanceView) =>
  instance.disksGiB.map((sizeGiB, index) => ({
    diskId: diskIdOf({ instanceId: instance.instanceId, index }),
    sizeGiB,
    index,
    instance,
  }));
