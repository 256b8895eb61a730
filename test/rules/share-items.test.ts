import { removals } from '../../lib/rules/share-items.ts';
import { anImage, aStamp, noonSeconds, principals } from '../support/builders.ts';

describe('removals', () => {
  it.each([
    ['all', 3, 3, []],
    ['as many as fit with a clean-up of the others', 4, 2, principals(4).slice(2)],
  ])('remove %s', (_, recipients, removed, later) => {
    const steps = removals(anImage(), aStamp(), principals(recipients), 3);

    expect(steps.flatMap((step) => (step.do === 'remove-share' ? [step.recipient] : []))).toEqual(principals(removed));
    expect(steps.flatMap((step) => (step.do === 'schedule-clean-up' ? [step.task] : []))).toMatchObject(
      later.length === 0 ? [] : [{ kind: 'shares', dueAt: noonSeconds, recipients: later }],
    );
  });
});
