/**
 * IDs of disks and snapshots. They are derived from the ID of the instance or image, so they never change. Index 0 is the system
 * disk.
 */
import type { ImageId, InstanceId } from '../../model/ids.ts';
import { tencentPolicy } from '../../policies/tencent.ts';

const derive = (id: string, from: string, to: string, index: number): string =>
  `${to}${id.startsWith(from) ? id.slice(from.length) : id}${index === 0 ? '' : index.toString(36)}`;

export const diskIdOf = (instanceId: InstanceId, index: number): string =>
  derive(instanceId, tencentPolicy.instanceId.prefix, 'disk-', index);

export const snapshotIdOf = (imageId: ImageId, index: number): string =>
  derive(imageId, tencentPolicy.imageId.prefix, 'snap-', index);
