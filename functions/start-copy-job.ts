import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { readCopyJobs } from '../lib/app/copy-jobs.ts';
import { serve } from '../lib/http/serve.ts';
import { ExpiresAt, Name, RiskAcknowledged } from '../lib/model/fields.ts';
import { type CopyJobId, ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { destinationsPerJobMax, recipientsPerCallMax } from '../lib/model/limits.ts';
import { CopyJobView } from '../lib/model/views/copy-job.ts';
import { copyJobView } from '../lib/rules/copy-jobs.ts';
import { canActFor, principalKeys } from '../lib/rules/principals.ts';
import { sharingRefusals } from '../lib/rules/share-image.ts';
import { planCopyJob } from '../lib/rules/start-copy-job.ts';
import { knownImageCount, type Wanted } from '../lib/table/store.ts';

const jobIdForm = { prefix: 'copy-', length: 16 };

const Destination = z.strictObject({
  region: Region,
  name: Name.optional().meta({ description: "Default: the job's name." }),
  project: PrincipalId.optional().meta({
    description:
      'In regions where projects own images: the project that will own the copy. Default: the project that owns the image.',
  }),
});

/**
 * Copies an image of the caller to several regions, and shares each copy with the same recipients as soon as its state allows it.
 * Creates all copies or none. A repeated call with the same Idempotency-Key returns the same job, and shares what an interrupted
 * call left.
 *
 * Rules: owner.copies-and-shares, owner.copies, quota.images, share.*.
 */
export const startCopyJob = action({
  name: 'StartCopyJob',
  summary: `Copies an image that you own to up to ${destinationsPerJobMax} regions, and shares each copy as soon as its state allows it.`,
  routes: ['POST /regions/{region}/images/{imageId}/copy-jobs'],
  callers: ['tenant'],
  refuses: [...sharingRefusals, 'ImageNotUsable', 'ImageQuotaExceeded'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({
    destinations: z
      .array(Destination)
      .min(1)
      .max(destinationsPerJobMax)
      .refine((all) => new Set(all.map(({ region }) => region)).size === all.length, "can't contain a region twice")
      .meta({ description: 'One copy is created in each region. They must belong to the same cloud as the image.' }),
    name: Name.optional().meta({ description: "Name of the copies. Default: the image's name." }),
    recipients: z.array(PrincipalId).min(1).max(recipientsPerCallMax),
    acknowledgeRisk: RiskAcknowledged.meta({
      description: 'Confirms that the image contains no sensitive data. Some regions require it.',
    }),
    expiresAt: ExpiresAt.meta({ description: 'When the shares expire. Never if null or absent.' }),
  }),
  response: CopyJobView,
  status: 201,

  async run(
    { region, imageId, ...request },
    { changeAsPrincipal, sharePlannedCopies, store, policyOf, newImageId, newRecordId, newResourceId, tenant, now },
  ) {
    const policy = policyOf(region);
    const key = { region, imageId };
    const destinationProjects = request.destinations.flatMap(({ project }) => project ?? []);
    const { projects = [], ...accounts }: Wanted = principalKeys(request.recipients, policy);
    const wanted = { images: [key], ...accounts, projects: [...projects, ...destinationProjects] };
    const planned = await changeAsPrincipal(region, wanted, (facts, stamp) => {
      const { steps, result } = planCopyJob(
        { key, ...request },
        {
          image: facts.image,
          principal: facts.principal,
          accounts: facts.accounts,
          projects: facts.projects,
          policy,
          policyOf,
          isOwnProject: (project) => canActFor(tenant(), facts.projects.get(project)),
          imageCount: (place) => knownImageCount(facts, place),
          jobId: newResourceId(jobIdForm) as CopyJobId,
          newImageId,
          newRecordId,
          stamp,
        },
      );
      return { steps, result: copyJobView(result.job, result.copies, stamp.at) };
    });
    await sharePlannedCopies(planned);
    const [current] = await readCopyJobs(store, [planned]);
    return current === undefined ? planned : copyJobView(current.job, current.copies, now());
  },
});

export const handler = serve(startCopyJob);
