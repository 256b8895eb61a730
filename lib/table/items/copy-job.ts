/** Copy jobs. What has become of the copies is in their own items; only refused shares are recorded here. */
import type { CopyJob } from '../../model/copy-job.ts';
import type { CopyJobKey, PrincipalId, Region } from '../../model/ids.ts';
import { dated, type Item, mapOf } from '../item.ts';
import { fillPattern, type Key, keyOf, parsePattern, schema } from '../schema.ts';
import { doesNotExist, type Writes } from '../write.ts';

export const copyJobKey = (key: CopyJobKey): Key => keyOf(schema.copyJob, key);

/** Returns the job that an item, or an entry in the index, belongs to. */
export const copyJobKeyOf = (item: Item): CopyJobKey => parsePattern(schema.copyJob.PK, item['PK'] as string) as CopyJobKey;

/** The index partition of the jobs of a principal. */
export const copyJobsPartition = (key: { region: Region; principal: PrincipalId }): string =>
  fillPattern(schema.copyJob.GSI1PK, key);

/** The position of a job in that list. */
export const copyJobPosition = ({ createdAt, jobId }: Pick<CopyJob, 'createdAt' | 'jobId'>): string =>
  fillPattern(schema.copyJob.GSI1SK, { createdAt: createdAt.toISOString(), jobId });

function copyJobItem(job: CopyJob): Item {
  const { region, jobId: _, createdAt, refused, ...rest } = job;
  return {
    ...copyJobKey(job),
    GSI1PK: copyJobsPartition({ region, principal: job.owner }),
    GSI1SK: copyJobPosition(job),
    ...rest,
    refused: mapOf(refused),
    createdAt: createdAt.toISOString(),
    ttl: job.expiresAt,
  };
}

export const copyJobFrom = (item: Item): CopyJob => ({
  ...dated<Omit<CopyJob, 'region' | 'jobId'>>(item),
  ...copyJobKeyOf(item),
});

export const copyJobWrites: Writes<'create-copy-job' | 'record-refused-shares'> = {
  'create-copy-job': ({ job }) => ({ Put: { Item: copyJobItem(job), ConditionExpression: doesNotExist } }),

  'record-refused-shares': ({ key, region, refused }) => ({
    Update: {
      Key: copyJobKey(key),
      UpdateExpression: 'SET refused.#region = :refused',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeNames: { '#region': region },
      ExpressionAttributeValues: { ':refused': refused },
    },
  }),
};
