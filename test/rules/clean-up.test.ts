import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image, Share } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { CleanUpTask } from '../../lib/model/record.ts';
import { planDeletedImageCleanUp, planPrincipalCleanUp, planShareCleanUp } from '../../lib/rules/clean-up.ts';
import { anImageIn, aShare, aStamp, noon, noonSeconds, policyFixtures, principal, principals } from '../support/builders.ts';

const [h01, h02, h03] = [principal('h01'), principal('h02'), principal('h03')];

describe.each(policyFixtures)('under $name', (fixture) => {
  const facts = { policy: fixture.policy, stamp: aStamp({ actor: 'service' }) };
  const key = { region: fixture.region, imageId: anImageIn(fixture).imageId };
  const share = (recipient: PrincipalId) => aShare({ ...key, recipient, recordId: `record-of-${recipient}` });
  const items = (...recipients: PrincipalId[]): Map<PrincipalId, Share> => new Map(recipients.map((name) => [name, share(name)]));
  const removed = (steps: readonly Step[]) => steps.flatMap((step) => (step.do === 'remove-share' ? [step.recipient] : []));
  const deleted = (image: Image): Image => ({ ...image, state: 'deleted', deletedAt: noon });

  describe('planShareCleanUp', () => {
    const task = (...recipients: PrincipalId[]): Extract<CleanUpTask, { kind: 'shares' }> => ({
      kind: 'shares',
      dueAt: noonSeconds,
      ref: 'record-0',
      ...key,
      recipients,
    });

    it('removes an expired entry with its item, records it once, and removes the task', () => {
      const image = anImageIn(fixture, { recipients: { [h01]: noonSeconds } });

      expect(planShareCleanUp(task(h01), image, items(h01), facts)).toEqual([
        expect.objectContaining({ do: 'change-image', expect: { entries: { h01: noonSeconds } }, change: { drop: [h01] } }),
        expect.objectContaining({ record: expect.objectContaining({ action: 'ExpireImageShares', recipients: [h01] }) }),
        { do: 'remove-share', key: share(h01), recipient: h01, recordId: 'record-of-h01' },
        { do: 'remove-clean-up', task: task(h01) },
      ]);
    });

    it('removes an item without an entry, but not a newer one of the same recipient', () => {
      const steps = planShareCleanUp(task(h01), anImageIn(fixture), items(h01), facts);

      expect(steps[0]).toMatchObject({ do: 'remove-share', recipient: h01, recordId: 'record-of-h01' });
    });

    it.each([
      ['without end', 0],
      ['whose end was extended', noonSeconds + 1],
    ])('keeps a share %s', (_, end) => {
      const image = anImageIn(fixture, { recipients: { [h01]: end } });

      expect(planShareCleanUp(task(h01), image, items(h01), facts)).toEqual([{ do: 'remove-clean-up', task: task(h01) }]);
    });

    it('leaves recipients that the task does not name', () => {
      const image = anImageIn(fixture, { recipients: { [h01]: noonSeconds, [h02]: noonSeconds, [h03]: 0 } });
      const steps = planShareCleanUp(task(h01), image, items(h01), facts);

      expect(removed(steps)).toEqual([h01]);
      expect(steps[0]).toMatchObject({ change: { drop: [h01] } });
    });

    it('removes the items of a deleted image, whether or not their shares had expired', () => {
      const image = deleted(anImageIn(fixture, { recipients: { [h01]: 0 } }));

      expect(removed(planShareCleanUp(task(h01, h02), image, items(h01, h02), facts))).toEqual([h01, h02]);
    });

    it('records nothing about a deleted image, and leaves its entries', () => {
      const image = deleted(anImageIn(fixture, { recipients: { [h01]: noonSeconds } }));

      expect(planShareCleanUp(task(h01), image, items(h01), facts).map((step) => step.do)).toEqual([
        'remove-share',
        'remove-clean-up',
      ]);
    });

    it('removes the items of an image that no longer exists', () => {
      expect(removed(planShareCleanUp(task(h01), undefined, items(h01), facts))).toEqual([h01]);
    });
  });

  describe('planDeletedImageCleanUp', () => {
    const task: Extract<CleanUpTask, { kind: 'image' }> = { kind: 'image', dueAt: noonSeconds, ref: 'img-00000001', ...key };
    const image = deleted(anImageIn(fixture, { recipients: { [h01]: 0 } }));

    it('removes every item, empties the map, and removes the task', () => {
      const steps = planDeletedImageCleanUp(task, image, [share(h01), share(h02)]);

      expect(removed(steps)).toEqual([h01, h02]);
      expect(steps.slice(2).map((step) => step.do)).toEqual(['empty-deleted-image', 'remove-clean-up']);
    });

    it('keeps the task while more items are left than one plan can remove', () => {
      const steps = planDeletedImageCleanUp(task, image, principals(120).map(share));

      expect(steps.length).toBeLessThan(100);
      expect(steps.every((step) => step.do === 'remove-share')).toBe(true);
    });

    it('removes only the task when nothing is left', () => {
      expect(planDeletedImageCleanUp(task, { ...image, recipients: {} }, [])).toEqual([{ do: 'remove-clean-up', task }]);
    });
  });

  describe('planPrincipalCleanUp', () => {
    const item = { do: 'remove-share', key: share(h01), recipient: h01, recordId: 'record-of-h01' };

    it('removes a closed principal from an image, records it, and keeps the others', () => {
      const image = anImageIn(fixture, { recipients: { [h01]: 0, [h02]: 0 } });
      const steps = planPrincipalCleanUp(h01, image, share(h01), facts);

      expect(steps[0]).toMatchObject({ expect: { entries: { h01: 0 } }, change: { drop: [h01] } });
      expect(removed(steps)).toEqual([h01]);
      expect(steps[1]).toMatchObject({
        record: { action: 'CancelImageShares', actor: 'service', recipients: [h01], reason: 'closed' },
      });
    });

    it('does not mistake an inherited property for an entry', () => {
      const inherited = principal('constructor');
      expect(planPrincipalCleanUp(inherited, anImageIn(fixture), share(inherited), facts).map((step) => step.do)).toEqual([
        'remove-share',
      ]);
    });

    it('removes only the item when the map has no entry', () => {
      expect(planPrincipalCleanUp(h01, anImageIn(fixture), share(h01), facts)).toEqual([item]);
    });

    it('removes only the item when the image is deleted', () => {
      const image = deleted(anImageIn(fixture, { recipients: { [h01]: 0 } }));

      expect(planPrincipalCleanUp(h01, image, share(h01), facts)).toEqual([item]);
    });

    it('does nothing when nothing is left', () => {
      expect(planPrincipalCleanUp(h01, undefined, undefined, facts)).toEqual([]);
    });
  });
});
