import type { CopyJob } from '../../../lib/model/copy-job.ts';
import type { CopyJobKey } from '../../../lib/model/ids.ts';
import type { CopyJobStep } from '../../../lib/model/plan.ts';

const nameOf = ({ region, jobId }: CopyJobKey): string => `${region}#${jobId}`;

/** Copy jobs of the memory store. */
export class CopyJobsInMemory {
  readonly #jobs = new Map<string, CopyJob>();

  get(key: CopyJobKey): CopyJob | undefined {
    return this.#jobs.get(nameOf(key));
  }

  all(): CopyJob[] {
    return [...this.#jobs.values()];
  }

  holds(step: CopyJobStep): boolean {
    return step.do === 'create-copy-job' ? this.get(step.job) === undefined : this.get(step.key) !== undefined;
  }

  apply(step: CopyJobStep): void {
    if (step.do === 'create-copy-job') {
      this.#jobs.set(nameOf(step.job), step.job);
    } else {
      const job = this.get(step.key) as CopyJob;
      this.#jobs.set(nameOf(job), { ...job, refused: { ...job.refused, [step.region]: step.refused } });
    }
  }
}
