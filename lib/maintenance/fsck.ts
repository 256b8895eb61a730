import { accessKeyFindings } from './fsck-access-keys.ts';
import { addressBookFindings } from './fsck-address-books.ts';
import { copyJobFindings } from './fsck-copy-jobs.ts';
import { countFindings, projectFindings } from './fsck-counts.ts';
import { imageFindings } from './fsck-images.ts';
import { type Finding, type FsckDeps, scan } from './fsck-scan.ts';
import { shareFindings } from './fsck-shares.ts';

/**
 * Scans the whole table and reports problems. The service can keep running: missing and orphaned items are confirmed with a new
 * read, and counts are reported only if they did not change since the first of two scans. Needs memory for all images, shares,
 * and other resources.
 */
export async function fsck(deps: FsckDeps): Promise<Finding[]> {
  const earlier = await scan(deps.store);
  const current = await scan(deps.store);
  const images = [...current.images.values()];
  return [
    ...(await countFindings(earlier, current, deps.store)),
    ...projectFindings(current),
    ...(await accessKeyFindings(earlier, current, deps.store)),
    ...(await addressBookFindings(earlier, current, deps)),
    ...images.flatMap((image) => imageFindings(image, current, deps)),
    ...(await shareFindings(current, deps)),
    ...(await copyJobFindings(current, deps)),
  ];
}
