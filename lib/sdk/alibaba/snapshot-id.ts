import { ImageId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views/image.ts';

/** A snapshot: the content of a disk of an image, which exists as long as the image. Index 0 is the system disk. */
interface Snapshot {
  readonly imageId: ImageId;
  readonly index: number;
}

/** Returns the ID of a snapshot. It is derived from the ID of the image. */
const snapshotIdOf = ({ imageId, index }: Snapshot): string => `${imageId.replace('m-', 's-')}${index === 0 ? '' : `-${index}`}`;

/** Returns undefined for an ID that no snapshot can have. */
export function parseSnapshotId(snapshotId: string): Snapshot | undefined {
  const match = /^s-([a-z0-9]{20})(?:-([1-9]\d?))?$/.exec(snapshotId);
  return match === null ? undefined : { imageId: ImageId.parse(`m-${match[1]}`), index: Number(match[2] ?? 0) };
}

/** The snapshots of an image, that of the system disk first. */
export const snapshotsOf = (image: ImageView) =>
  image.disksGiB.map((sizeGiB, index) => ({
    snapshotId: snapshotIdOf({ imageId: image.imageId, index }),
    sizeGiB,
    index,
    image,
  }));
