import { accessKeySuspicions } from './fsck-access-keys.ts';
import { addressBookSuspicions } from './fsck-address-books.ts';
import { copyJobSuspicions } from './fsck-copy-jobs.ts';
import { countFindings } from './fsck-counts.ts';
import { imageSuspicions } from './fsck-images.ts';
import { projectSuspicions } from './fsck-projects.ts';
import { confirmed } from './fsck-reread.ts';
import { type Finding, type FsckDeps, type Suspicion, scanOf, type TableScan } from './fsck-scan.ts';
import { shareSuspicions } from './fsck-shares.ts';

/**
 * Scans the whole table and reports problems. The service can keep running: counts are reported only if they did not change since
 * the first of two scans, and everything else only if it is still wrong when it is read again. Needs memory for all images,
 * shares, and other resources.
 */
export async function fsck(deps: FsckDeps): Promise<Finding[]> {
  const { store } = deps;
  const earlier = await scanOf(store.everything());
  const current = await scanOf(store.everything());
  return [
    ...(await countFindings(earlier, current, store)),
    ...(await confirmed(suspicionsIn(current, deps), store, (latest) => suspicionsIn(latest, deps))),
  ];
}

/** What looks wrong in a scan. Items that were written during the scan can look wrong, because it isn't a snapshot. */
const suspicionsIn = (scan: TableScan, deps: FsckDeps): Suspicion[] => [
  ...projectSuspicions(scan),
  ...accessKeySuspicions(scan),
  ...addressBookSuspicions(scan, deps),
  ...imageSuspicions(scan, deps),
  ...shareSuspicions(scan, deps),
  ...copyJobSuspicions(scan, deps),
];
