import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { readCopyJobs } from '../lib/app/copy-jobs.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Limit } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { CopyJobSummary, NextCursor } from '../lib/model/views.ts';
import { copyJobSummary, copyJobView, isOwnJob } from '../lib/rules/copy-jobs.ts';
import { isTimePosition } from '../lib/table/positions.ts';

/** Rules: owner.copies-and-shares. */
export const listCopyJobs = action({
  name: 'ListCopyJobs',
  summary: 'Lists your copy jobs of the last 90 days in a region, newest first.',
  routes: ['GET /regions/{region}/copy-jobs'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    imageId: ImageId.optional().meta({ description: 'Only jobs that copy this image.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ jobs: z.array(CopyJobSummary), nextCursor: NextCursor }),

  async run({ region, imageId, limit, cursor }, { readAsPrincipal, store, now }) {
    const { principal } = await readAsPrincipal(region, {});
    const cursors = cursorsOf(['copy-jobs', region, principal, imageId]);
    const after = cursors.read(cursor, isTimePosition);
    const { entries, next } = await fillPage(
      { limit, after, isFiltered: imageId !== undefined },
      (page) => store.copyJobsOf({ region, principal }, page),
      async (keys) => {
        const found = new Map((await readCopyJobs(store, keys)).map((entry) => [entry.job.jobId, entry]));
        return keys.map(({ jobId }) => {
          const entry = found.get(jobId);
          return entry !== undefined &&
            isOwnJob(entry.job, principal, now()) &&
            (imageId ?? entry.job.imageId) === entry.job.imageId
            ? copyJobSummary(copyJobView(entry.job, entry.copies, now()))
            : undefined;
        });
      },
    );
    return { jobs: [...entries], ...(next !== undefined && { nextCursor: cursors.at(next) }) };
  },
});

export const handler = serve(listCopyJobs);
