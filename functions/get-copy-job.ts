import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { readCopyJobs } from '../lib/app/copy-jobs.ts';
import { serve } from '../lib/http/serve.ts';
import { CopyJobId, Region } from '../lib/model/ids.ts';
import { CopyJobView } from '../lib/model/views/copy-job.ts';
import { copyJobView, requireOwnJob } from '../lib/rules/copy-jobs.ts';

/** Rules: owner.copies-and-shares. */
export const getCopyJob = action({
  name: 'GetCopyJob',
  summary: 'Returns a copy job of yours, with the current state of each copy and each share.',
  routes: ['GET /regions/{region}/copy-jobs/{jobId}'],
  callers: ['tenant'],
  refuses: ['CopyJobNotFound'],
  path: z.strictObject({ region: Region, jobId: CopyJobId }),
  response: CopyJobView,

  async run({ region, jobId }, { readAsPrincipal, store, now }) {
    const key = { region, jobId };
    const { principal, copyJobs } = await readAsPrincipal(region, { copyJobs: [key] });
    // Before the copies are read, so that the call takes as long as for a job that doesn't exist.
    requireOwnJob(key, copyJobs[0], principal, now());
    const [found] = await readCopyJobs(store, [key]);
    return copyJobView(requireOwnJob(key, found?.job, principal, now()), found?.copies ?? [], now());
  },
});

export const handler = serve(getCopyJob);
