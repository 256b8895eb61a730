import type { CopyJob } from '../model/copy-job.ts';
import type { CopyJobKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { canGetPlannedShares } from '../rules/planned-shares.ts';
import { epochSeconds } from '../rules/recipients.ts';
import { type Finding, type FsckDeps, nameOf, type TableScan } from './fsck-scan.ts';

const jobName = ({ region, jobId }: CopyJobKey): string => `${region}/${jobId}`;

/** Finds planned shares that nothing will create, and jobs without their copies. Confirms each with a new read. */
export async function copyJobFindings(scan: TableScan, deps: FsckDeps): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const image of scan.images.values()) {
    if (image.plannedShares !== undefined && image.deletedAt === undefined) {
      findings.push(...(await plannedFindings(image, image.plannedShares.job, scan, deps)));
    }
  }
  for (const job of scan.copyJobs.values()) {
    const missing = job.copies.filter((copy) => !scan.images.has(nameOf(copy)));
    findings.push(...(missing.length === 0 ? [] : await copyFindings(job, missing, deps)));
  }
  return findings;
}

async function plannedFindings(image: Image, key: CopyJobKey, scan: TableScan, deps: FsckDeps): Promise<Finding[]> {
  const policy = deps.regions.get(image.region);
  const hasTask = scan.tasks.some((task) => task.kind === 'copy-job' && jobName(task) === jobName(key));
  const isOverdue = policy !== undefined && canGetPlannedShares(image, policy) && !hasTask;
  if (scan.copyJobs.has(jobName(key)) && !isOverdue) {
    return [];
  }
  const { image: current, copyJobs } = await deps.store.read({ images: [image], copyJobs: [key] });
  const { plannedShares } = current ?? {};
  if (current === undefined || plannedShares === undefined) {
    return [];
  }
  const subject = nameOf(image);
  if (copyJobs.length === 0) {
    return [
      {
        problem: 'planned-without-job',
        subject,
        detail: `has planned shares of copy job ${key.jobId}, which doesn't exist`,
        repair: [
          { do: 'change-image', key: image, owner: image.owner, expect: { plannedShares }, change: { plannedShares: null } },
        ],
      },
    ];
  }
  return [
    {
      problem: 'planned-not-scheduled',
      subject,
      detail: `has planned shares of copy job ${key.jobId} that it could have, and no clean-up is scheduled`,
      repair: [{ do: 'schedule-clean-up', task: { kind: 'copy-job', dueAt: epochSeconds(deps.now()), ref: key.jobId, ...key } }],
    },
  ];
}

async function copyFindings(job: CopyJob, missing: CopyJob['copies'], { store }: FsckDeps): Promise<Finding[]> {
  const { images } = await store.read({ images: missing });
  return missing
    .filter((copy) => !images.some((image) => nameOf(image) === nameOf(copy)))
    .map((copy) => ({
      problem: 'copy-missing',
      subject: jobName(job),
      detail: `has a copy ${copy.imageId} in ${copy.region}, which doesn't exist`,
    }));
}
