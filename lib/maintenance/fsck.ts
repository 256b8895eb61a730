import { accessKeyFindings } from './fsck-access-keys.ts';
import { countFindings, projectFindings } from './fsck-counts.ts';
import { imageFindings } from './fsck-images.ts';
import { type Checking, type Finding, scan } from './fsck-scan.ts';
import { shareFindings } from './fsck-shares.ts';

/**
 * Goes through the whole table and reports what is wrong in it. The service can keep running: what looks wrong is read
 * again before it is reported, and a count only where nothing was counted since the first of two scans. Holds the keys
 * of all images in memory.
 */
export async function fsck(checking: Checking): Promise<Finding[]> {
  const before = await scan(checking.store);
  const seen = await scan(checking.store);
  const images = [...seen.images.values()];
  return [
    ...(await countFindings(before, seen, checking.store)),
    ...projectFindings(seen),
    ...(await accessKeyFindings(before, seen, checking.store)),
    ...images.flatMap((image) => imageFindings(image, seen, checking)),
    ...(await shareFindings(seen, checking)),
  ];
}
