import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { readCopyJobs } from '../lib/app/copy-jobs.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import type { CopyJob } from '../lib/model/copy-job.ts';
import { Cursor, Limit, textOf } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { copyJobDays, nameBytesMax } from '../lib/model/limits.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { CopyJobSummary } from '../lib/model/views/copy-job.ts';
import { copyJobSummary, copyJobView, isOwnJob } from '../lib/rules/copy-jobs.ts';
import { isFoundIn } from '../lib/rules/image-list.ts';
import { isTimePosition } from '../lib/table/positions.ts';

const searchedIn = ({ jobId, imageId, copies }: CopyJob): readonly string[] => [
  jobId,
  imageId,
  ...copies.map(({ region }) => region),
];

/** Rules: owner.copies-and-shares. */
export const listCopyJobs = action({
  name: 'ListCopyJobs',
  summary: `Lists your copy jobs of the last ${copyJobDays} days in a region, newest first.`,
  routes: ['GET /regions/{region}/copy-jobs'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    imageId: ImageId.optional().meta({ description: 'Only jobs that copy this image.' }),
    search: textOf(nameBytesMax).optional().meta({
      description: 'Part of the ID of the job or of the image, or of a destination region, case-insensitive.',
    }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ jobs: z.array(CopyJobSummary), nextCursor: NextCursor }),

  async run({ region, imageId, search, limit, cursor }, { readAsPrincipal, store, now }) {
    const { principal } = await readAsPrincipal(region, {});
    const cursors = cursorsOf(['copy-jobs', region, principal, imageId, search]);
    const after = cursors.read(cursor, isTimePosition);
    const { entries, next } = await fillPage(
      { limit, after, isFiltered: imageId !== undefined || search !== undefined },
      (page) => store.copyJobsOf({ region, principal }, page),
      async (keys) => {
        const found = (await readCopyJobs(store, keys)).filter(
          ({ job }) =>
            isOwnJob(job, principal, now()) &&
            (imageId ?? job.imageId) === job.imageId &&
            (search === undefined || isFoundIn(searchedIn(job), search)),
        );
        const byId = new Map(found.map((entry) => [entry.job.jobId, entry]));
        return keys.map(({ jobId }) => {
          const entry = byId.get(jobId);
          return entry && copyJobSummary(copyJobView(entry.job, entry.copies, now()));
        });
      },
    );
    return { jobs: [...entries], ...(next !== undefined && { nextCursor: cursors.at(next) }) };
  },
});

export const handler = serve(listCopyJobs);
