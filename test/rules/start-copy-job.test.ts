import type { CopyJobId, Region } from '../../lib/model/ids.ts';
import { stepsPerPlanMax } from '../../lib/model/plan.ts';
import { callsInFlightSeconds } from '../../lib/rules/clean-up-tasks.ts';
import { planCopyJob } from '../../lib/rules/start-copy-job.ts';
import { anImageIn, aStamp, imageId, noonSeconds, policyFixtures, principals } from '../support/builders.ts';

describe.each(policyFixtures)('planCopyJob under $name', (fixture) => {
  const image = anImageIn(fixture);
  const recipients = principals(50);
  const open = new Map(recipients.map((id) => [id, { state: 'open' } as never]));
  let ids = 0;
  const plan = () =>
    planCopyJob(
      {
        key: image,
        destinations: Array.from({ length: 10 }, (_, index) => ({ region: `region-${index}` as Region })),
        recipients,
        acknowledgeRisk: true,
      },
      {
        image,
        principal: image.owner,
        accounts: open,
        projects: open,
        policy: fixture.policy,
        policyOf: () => fixture.policy,
        isOwnProject: () => true,
        imageCount: () => 0,
        jobId: 'copy-1' as CopyJobId,
        newImageId: () => imageId(`img-${++ids}`),
        newRecordId: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
        stamp: aStamp(),
      },
    );

  it('fits the largest job into one transaction', () => {
    const { steps, result } = plan();

    expect(result.copies).toHaveLength(10);
    expect(steps.length).toBeLessThanOrEqual(stepsPerPlanMax);
  });

  it('writes every item once, under an ID of its own', () => {
    const { steps } = plan();
    const written = steps.map((step) => {
      switch (step.do) {
        case 'create-image':
          return `image ${step.image.imageId}`;
        case 'count':
          return `count ${step.region} ${step.principal}`;
        case 'put-record':
          return `record ${step.record.id}`;
        case 'require-open':
          return `open ${step.principal}`;
        default:
          return step.do;
      }
    });

    expect(new Set(written).size).toBe(steps.length);
  });

  it('schedules the rest of the call only if there is one', () => {
    const scheduled = plan().steps.flatMap((step) => (step.do === 'schedule-clean-up' ? [step.task.dueAt] : []));

    expect(scheduled).toEqual(fixture.policy.pendingMayBeShared ? [noonSeconds + callsInFlightSeconds] : []);
  });

  it('requires once that the owner of all copies is open', () => {
    expect(plan().steps.filter((step) => step.do === 'require-open')).toEqual([
      expect.objectContaining({ principal: image.owner }),
    ]);
  });
});
