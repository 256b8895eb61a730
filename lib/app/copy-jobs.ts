import type { CopyJob } from '../model/copy-job.ts';
import type { CopyJobKey } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import { keyText } from '../rules/images.ts';
import type { Store } from '../table/store.ts';

/** A job with its copies, in the same order. */
export interface JobWithCopies {
  readonly job: CopyJob;
  readonly copies: readonly (Image | undefined)[];
}

/**
 * Reads jobs with their copies, strongly consistent. Batch reads aren't snapshots, so it reads the jobs again after the copies:
 * if a copy no longer plans a share that was refused, the job tells why.
 */
export async function readCopyJobs(store: Store, keys: readonly CopyJobKey[]): Promise<JobWithCopies[]> {
  const first = await store.read({ copyJobs: keys });
  const { images } = await store.read({ images: first.copyJobs.flatMap(({ copies }) => copies) });
  const { copyJobs } = await store.read({ copyJobs: keys });
  const byKey = new Map(images.map((image) => [keyText(image), image]));
  return copyJobs.map((job) => ({
    job,
    copies: job.copies.map((key) => byKey.get(keyText(key))),
  }));
}
