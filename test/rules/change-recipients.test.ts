import type { CopyJobId } from '../../lib/model/ids.ts';
import { planRecipients } from '../../lib/rules/change-recipients.ts';
import {
  anImageIn,
  aStamp,
  factsAbout,
  noonSeconds,
  policyFixtures,
  principal,
  principals,
  secondsFromNoon,
  sharedWith,
  thrownBy,
} from '../support/builders.ts';

const [h01, h02, h03] = [principal('h01'), principal('h02'), principal('h03')];
const later = noonSeconds + 3_600;

describe.each(policyFixtures)('planRecipients under $name', (fixture) => {
  const facts = (recipients = {}, parts = {}) => factsAbout(anImageIn(fixture, { recipients }), parts);

  describe('effects', () => {
    it('adds each recipient once, with a share item, and records them', () => {
      const plan = planRecipients({ add: [h01, h02, h01], remove: [] }, facts());

      expect(plan).toMatchObject({ added: [h01, h02], repeated: [], removed: [], live: { h01: 0, h02: 0 } });
      expect(plan.steps.map((step) => step.do)).toEqual(['change-image', 'put-record', 'put-share', 'put-share']);
      expect(plan.steps[1]).toMatchObject({
        record: { action: 'ShareImage', recipients: [h01, h02], principal: fixture.principalOf('owner') },
      });
    });

    it('stores the time and the actor of a new share', () => {
      const { steps } = planRecipients({ add: [h01], remove: [] }, facts({}, { stamp: aStamp({ actor: 'owner/alice' }) }));

      expect(steps).toContainEqual(
        expect.objectContaining({
          do: 'put-share',
          share: expect.objectContaining({
            recipient: h01,
            sharedAt: secondsFromNoon(0),
            sharedBy: 'owner/alice',
            recordId: aStamp().recordId,
          }),
        }),
      );
    });

    it('requires that the recipients of the request that do not change are still as the response says', () => {
      const current = { [h01]: 0, [h02]: later };

      const sharing = planRecipients({ add: [h02, h03], remove: [] }, facts(current));
      const stopping = planRecipients({ add: [], remove: [h01, h03] }, facts(current));

      expect(sharing.steps[0]).toMatchObject({ expect: { entries: { [h02]: later }, absent: [h03] } });
      expect(stopping.steps[0]).toMatchObject({ expect: { entries: { [h01]: 0 }, absent: [h03] } });
    });

    it('requires the whole list, if the request names more recipients than a condition can', () => {
      const current = sharedWith(principals(25));
      const request = { add: [], remove: [...principals(25), ...principals(26, 'other')] };

      expect(planRecipients(request, facts(current)).steps[0]).toMatchObject({ expect: { exactly: current } });
      expect(planRecipients({ ...request, remove: request.remove.slice(1) }, facts(current)).steps[0]).toMatchObject({
        expect: { absent: principals(26, 'other') },
      });
    });

    it('changes nothing when every share exists and no end is given', () => {
      const plan = planRecipients({ add: [h01], remove: [] }, facts({ [h01]: later }));

      expect(plan).toEqual({
        steps: [],
        live: { h01: later },
        added: [],
        repeated: [h01],
        rescheduled: [],
        previousEnds: {},
        removed: [],
        dropped: [],
        notShared: [],
      });
    });

    it('changes nothing when the end is unchanged', () => {
      expect(planRecipients({ add: [h01], remove: [], endsAt: later }, facts({ [h01]: later })).steps).toEqual([]);
    });

    it.each([
      ['changes the end', later, later + 60],
      ['sets an end', 0, later],
      ['removes the end', later, 0],
    ])('%s of an existing share without touching its item', (_, from, to) => {
      const { steps, live, repeated } = planRecipients({ add: [h01], remove: [], endsAt: to }, facts({ [h01]: from }));

      expect({ live, repeated }).toEqual({ live: { h01: to }, repeated: [h01] });
      expect(steps.filter((step) => step.do === 'put-share' || step.do === 'remove-share')).toEqual([]);
    });

    it.each([
      ['both expirations of rescheduled shares', later + 60, { endsAt: later + 60, previousEnds: { h01: later, h02: 0 } }],
      ['that shares never expire anymore', 0, { endsAt: 0, previousEnds: { h01: later } }],
      ['that added shares never expire', undefined, { endsAt: 0 }],
    ])('records %s', (_, endsAt, expected) => {
      const { steps } = planRecipients({ add: [h01, h02, h03], remove: [], endsAt }, facts({ [h01]: later, [h02]: 0 }));
      const { endsAt: recorded, previousEnds } =
        steps.flatMap((step) => (step.do === 'put-record' ? [step.record] : []))[0] ?? {};

      expect({ endsAt: recorded, previousEnds }).toEqual(expected);
    });

    it('records no expiration when recipients are only removed', () => {
      const { steps } = planRecipients({ add: [], remove: [h01] }, facts({ [h01]: later }));

      expect(steps[1]).not.toHaveProperty('record.endsAt');
    });

    it('schedules a clean-up for when a share expires', () => {
      const { steps } = planRecipients({ add: [h01], remove: [], endsAt: later }, facts());

      expect(steps).toContainEqual({
        do: 'schedule-clean-up',
        task: expect.objectContaining({ kind: 'shares', dueAt: later, recipients: [h01] }),
      });
    });

    it('removes recipients with their items, and reports those without a share', () => {
      const plan = planRecipients({ add: [], remove: [h01, h02, h01] }, facts(sharedWith([h01, h03])));

      expect(plan).toMatchObject({ removed: [h01], notShared: [h02], live: { h03: 0 } });
      expect(plan.steps).toContainEqual(expect.objectContaining({ do: 'remove-share', recipient: h01 }));
    });

    it('removes all', () => {
      expect(planRecipients({ add: [], remove: 'all' }, facts(sharedWith([h01, h02])))).toMatchObject({
        removed: [h01, h02],
        live: {},
      });
    });

    it('replaces the list: adds missing recipients, removes the others, and keeps the rest', () => {
      const plan = planRecipients({ add: [h02, h03], remove: 'others' }, facts(sharedWith([h01, h02])));

      expect(plan).toMatchObject({ added: [h03], repeated: [h02], removed: [h01], live: { h02: 0, h03: 0 } });
    });

    it('replaces the list only if it has not changed concurrently', () => {
      const { steps } = planRecipients({ add: [h02], remove: 'others' }, facts(sharedWith([h01])));

      expect(steps[0]).toMatchObject({ do: 'change-image', expect: { exactly: { h01: 0 } } });
    });

    it('keeps a recipient that is both added and removed', () => {
      expect(planRecipients({ add: [h01], remove: [h01] }, facts(sharedWith([h01])))).toMatchObject({
        steps: [],
        removed: [],
        live: { h01: 0 },
      });
    });

    it('applies removals before the cap', () => {
      const { live } = planRecipients({ add: [principal('h51')], remove: [h01] }, facts(sharedWith(principals(50))));

      expect(Object.keys(live)).toHaveLength(50);
    });

    it('replaces a full list with another one in one plan', () => {
      const others = Array.from({ length: 49 }, (_, index) => principal(`h${51 + index}`));

      const { removed, added, steps } = planRecipients({ add: others, remove: 'others' }, facts(sharedWith(principals(50))));

      expect({ removed: removed.length, added: added.length }).toEqual({ removed: 50, added: 49 });
      expect(steps.length).toBeLessThan(100);
    });

    it('leaves share items that do not fit into the plan to the clean-up', () => {
      const others = Array.from({ length: 49 }, (_, index) => principal(`h${51 + index}`));

      const { steps } = planRecipients({ add: others, remove: 'all' }, facts(sharedWith(principals(50))));
      const items = steps.flatMap((step) => (step.do === 'remove-share' ? [step.recipient] : []));
      const scheduled = steps.flatMap((step) =>
        step.do === 'schedule-clean-up' && step.task.kind === 'shares' ? step.task.recipients : [],
      );

      expect([...items, ...scheduled].sort()).toEqual(principals(50));
      expect(scheduled).not.toEqual([]);
    });

    it('reuses the capacity of expired shares and records that they expired', () => {
      const expired = Object.fromEntries(principals(50).map((name) => [name, noonSeconds]));

      const { live, steps } = planRecipients({ add: [principal('h51')], remove: [] }, facts(expired));

      expect(live).toEqual({ h51: 0 });
      expect(steps).toContainEqual(
        expect.objectContaining({
          record: expect.objectContaining({ action: 'ExpireImageShares', recipients: principals(50), actor: 'service' }),
        }),
      );
    });

    it('creates a new share for a recipient whose share has expired', () => {
      const { added, repeated, live } = planRecipients({ add: [h01], remove: [] }, facts({ [h01]: noonSeconds }));

      expect({ added, repeated, live }).toEqual({ added: [h01], repeated: [], live: { h01: 0 } });
    });

    it('does not cancel an expired share', () => {
      expect(planRecipients({ add: [], remove: [h01] }, facts({ [h01]: noonSeconds }))).toMatchObject({
        steps: [],
        removed: [],
        notShared: [h01],
      });
    });

    it('requires of an expired share to cancel that its entry is unchanged', () => {
      const current = { [h01]: 0, [h02]: noonSeconds };
      const { steps } = planRecipients({ add: [], remove: [h01, h02] }, facts(current));

      expect(steps[0]).toMatchObject({ expect: { entries: current, absent: [] } });
    });

    it('requires the state of the image and the limit for new recipients, but not to remove recipients', () => {
      const adding = planRecipients({ add: [h02], remove: [] }, facts({ [h01]: 0 }));
      const removing = planRecipients({ add: [], remove: [h01] }, facts({ [h01]: 0 }));

      expect(adding.steps[0]).toMatchObject({ expect: { state: 'available', entriesAtMost: { permanent: 49, expiring: 0 } } });
      expect(removing.steps[0]).toHaveProperty('expect', { entries: { [h01]: 0 }, absent: [] });
    });

    it('leaves room for recipients with an expiration like that of the new ones', () => {
      const current = { [h01]: 0, [h02]: later };
      const [permanent, expiring] = [0, later].map((endsAt) =>
        planRecipients({ add: [h03], remove: [], endsAt }, facts(current)),
      );

      expect(permanent?.steps[0]).toMatchObject({ expect: { entriesAtMost: { permanent: 48, expiring: 1 } } });
      expect(expiring?.steps[0]).toMatchObject({ expect: { entriesAtMost: { permanent: 1, expiring: 48 } } });
    });

    it('requires the whole list to add and remove recipients without expiration at once, but not others', () => {
      const both = planRecipients({ add: [h02], remove: [h01] }, facts({ [h01]: 0 }));
      const expiring = planRecipients({ add: [h02], remove: [h01], endsAt: later }, facts({ [h01]: 0 }));
      const replacing = planRecipients({ add: [h02], remove: [h01] }, facts({ [h01]: later }));
      const dropping = planRecipients({ add: [h02], remove: [] }, facts({ [h01]: noonSeconds - 1 }));

      expect(both.steps[0]).toMatchObject({ expect: { exactly: { [h01]: 0 } }, change: { drop: [h01] } });
      expect(expiring.steps[0]).toMatchObject({ expect: { entries: { [h01]: 0 }, absent: [h02] } });
      expect(replacing.steps[0]).toMatchObject({ expect: { entries: { [h01]: later }, absent: [h02] } });
      expect(dropping.steps[0]).toMatchObject({ expect: { entries: { [h01]: noonSeconds - 1 } }, change: { drop: [h01] } });
    });

    it.each([
      ['that expire', later, later, false],
      ['of which only the added one expires', later, 0, false],
      ['of which only the removed one expires', 0, later, false],
      ['that never expire', 0, 0, true],
    ])('requires the exact list to add and remove shares %s: %j, %j, %j', (_, endsAt, end, isRequired) => {
      const { steps } = planRecipients({ add: [h02], remove: [h01], endsAt }, facts({ [h01]: end }));

      expect(steps[0]).toMatchObject({ expect: isRequired ? { exactly: { [h01]: end } } : { entries: { [h01]: end } } });
    });

    it('schedules no clean-up for shares that never expire', () => {
      const { steps } = planRecipients({ add: [h01], remove: [], endsAt: 0 }, facts());

      expect(steps.map((step) => step.do)).toEqual(['change-image', 'put-record', 'put-share']);
    });
  });

  describe('with planned shares', () => {
    const plannedShares = { job: { region: fixture.region, jobId: 'copy-1' as CopyJobId }, recipients: [h02] };
    const planned = (recipients = {}) => factsAbout(anImageIn(fixture, { recipients, plannedShares }));

    it('counts them toward the limit', () => {
      const { steps } = planRecipients({ add: [h01], remove: [] }, planned());

      expect(steps[0]).toMatchObject({ expect: { entriesAtMost: { permanent: 48, expiring: 0 } } });
    });

    it('replaces them and shares of a full list in one plan', () => {
      const current = sharedWith(principals(49, 'other'));
      const { added, removed, dropped } = planRecipients(
        { add: [h01, h03], remove: [h02, principal('other01')] },
        planned(current),
      );

      expect({ added, removed, dropped }).toEqual({ added: [h01, h03], removed: [principal('other01')], dropped: [h02] });
    });

    it('records only that they are dropped, if nothing else changes', () => {
      const { steps } = planRecipients({ add: [], remove: [h02] }, planned({ [h01]: 0 }));

      expect(steps).toMatchObject([
        { do: 'change-image', expect: { plannedShares }, change: { plannedShares: null } },
        { do: 'put-record', record: { action: 'DropPlannedShares', recipients: [h02] } },
      ]);
    });

    it('leaves them alone when only a share is removed', () => {
      const { steps } = planRecipients({ add: [], remove: [h01] }, planned({ [h01]: 0 }));

      expect(steps[0]).not.toHaveProperty('expect.plannedShares');
      expect(steps[0]).not.toHaveProperty('change.plannedShares');
    });
  });

  describe('refusals', () => {
    it('refuses the whole call for one unknown recipient', () => {
      const call = () => planRecipients({ add: [h01, principal('nobody'), h02], remove: [] }, facts());

      expect(thrownBy(call)).toMatchObject({ code: 'RecipientNotFound', details: { offenders: [{ id: 'nobody' }] } });
    });

    it('takes the risk as not acknowledged unless it is', () => {
      const { riskAcknowledged: _, ...withoutIt } = facts();
      const call = () => planRecipients({ add: [h01], remove: [] }, withoutIt);

      expect(thrownBy(call)).toEqual(
        thrownBy(() => planRecipients({ add: [h01], remove: [] }, facts({}, { riskAcknowledged: false }))),
      );
    });

    it('refuses the 51st recipient', () => {
      const call = () => planRecipients({ add: [principal('h51')], remove: [] }, facts(sharedWith(principals(50))));

      expect(thrownBy(call)).toMatchObject({ code: 'ShareCapExceeded', details: { used: 50, remaining: 0 } });
    });

    it('refuses two added recipients when only one is removed from a full list', () => {
      const call = () =>
        planRecipients({ add: [principal('h51'), principal('h52')], remove: [h01] }, facts(sharedWith(principals(50))));

      expect(thrownBy(call)).toMatchObject({ code: 'ShareCapExceeded', details: { used: 50 } });
    });

    it("removes recipients from an image that can't get new ones", () => {
      const image = anImageIn(fixture, { state: 'deprecated', recipients: sharedWith([h01]) });

      expect(planRecipients({ add: [], remove: [h01] }, factsAbout(image)).removed).toEqual([h01]);
    });

    it('changes the end of an existing share of a deprecated image, but adds no recipients to it', () => {
      const image = anImageIn(fixture, { state: 'deprecated', recipients: sharedWith([h01]) });

      expect(planRecipients({ add: [h01], remove: [], endsAt: later }, factsAbout(image)).live).toEqual({ h01: later });
      expect(thrownBy(() => planRecipients({ add: [h02], remove: [] }, factsAbout(image)))).toMatchObject({
        code: 'ImageNotShareable',
      });
    });
  });
});
