import { InstanceId } from '../../model/ids.ts';
import type { InstanceView } from '../../model/views.ts';

/** A disk of an instance; the first one is its system disk. */
export interface Disk {
  readonly instanceId: InstanceId;
  readonly at: number;
}

/** The id of an instance's disk: made of the instance's id, so that it stays when the disk is made anew. */
export const diskIdOf = ({ instanceId, at }: Disk): string => `${instanceId.replace(/^i-/, 'd-')}${at === 0 ? '' : `-${at}`}`;

/** The disk that an id names; undefined where no instance could have it. */
export function diskNamed(diskId: string): Disk | undefined {
  const [, name, at = '0'] = /^d-([a-z0-9]{20})(?:-([1-9]\d?))?$/.exec(diskId) ?? [];
  return name === undefined ? undefined : { instanceId: InstanceId.parse(`i-${name}`), at: Number(at) };
}

/** All disks of an instance, in their order. */
export const disksOf = (instance: InstanceView) =>
  instance.disksGiB.map((sizeGiB, at) => ({ diskId: diskIdOf({ instanceId: instance.instanceId, at }), sizeGiB, at, instance }));
