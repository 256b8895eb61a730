import type { CopyJobKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { cleanUpOfCopyJob } from '../rules/clean-up-tasks.ts';
import { keyOf } from '../rules/images.ts';
import { canGetPlannedShares } from '../rules/planned-shares.ts';
import { epochSeconds } from '../rules/recipients.ts';
import { type FsckDeps, jobName, nameOf, type Suspicion, type TableScan } from './fsck-scan.ts';

/** Finds planned shares that nothing will create, and jobs without their copies. */
export const copyJobSuspicions = (scan: TableScan, deps: FsckDeps): Suspicion[] => [
  ...[...scan.images.values()].flatMap((image) =>
    image.plannedShares === undefined || image.deletedAt !== undefined
      ? []
      : plannedSuspicions(image, image.plannedShares.job, scan, deps),
  ),
  ...[...scan.copyJobs.values()].flatMap((job) =>
    job.copies
      .filter((copy) => !scan.images.has(nameOf(copy)))
      .map((copy) => ({
        problem: 'copy-missing',
        subject: nameOf(copy),
        detail: `is a copy that copy job ${job.jobId} in ${job.region} made, but doesn't exist`,
        about: { images: [copy], copyJobs: [job] },
      })),
  ),
];

function plannedSuspicions(image: Image, key: CopyJobKey, scan: TableScan, { regions, now }: FsckDeps): Suspicion[] {
  const policy = regions.get(image.region);
  const common = { subject: nameOf(image), about: { images: [keyOf(image)], copyJobs: [key] } };
  if (!scan.copyJobs.has(jobName(key))) {
    const { plannedShares } = image;
    return [
      {
        ...common,
        problem: 'planned-without-job',
        detail: `has planned shares of copy job ${key.jobId}, which doesn't exist`,
        repair: [
          {
            do: 'change-image',
            key: image,
            owner: image.owner,
            expect: { ...(plannedShares !== undefined && { plannedShares }) },
            change: { plannedShares: null },
          },
        ],
      },
    ];
  }
  const hasTask = scan.tasks.some((task) => task.kind === 'copy-job' && jobName(task) === jobName(key));
  return policy === undefined || !canGetPlannedShares(image, policy) || hasTask
    ? []
    : [
        {
          ...common,
          problem: 'planned-not-scheduled',
          detail: `has planned shares of copy job ${key.jobId} that it could have, and no clean-up is scheduled`,
          repair: [cleanUpOfCopyJob(key, epochSeconds(now()))],
        },
      ];
}
