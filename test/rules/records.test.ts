import type { ChangeRecord } from '../../lib/model/record.ts';
import { planRecipients } from '../../lib/rules/change-recipients.ts';
import {
  earlierRecordId,
  expiryRecordOf,
  recipientsCopies,
  recordedChange,
  recordOf,
  recordsWritten,
} from '../../lib/rules/records.ts';
import {
  anImage,
  anImageIn,
  aStamp,
  factsAbout,
  imageId,
  noon,
  noonSeconds,
  policyFixtures,
  principal,
  secondsFromNoon,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { applyChange } from '../support/memory-store/image.ts';

const [h01, h02] = [principal('h01'), principal('h02')];

describe.each(policyFixtures)('recordOf under $name', (fixture) => {
  const image = anImageIn(fixture);

  it('contains actor, action, image, time, source IP, and request id', () => {
    expect(recordOf('ShareImage', image, { policy: fixture.policy, stamp: aStamp(), recipients: [h01] })).toEqual({
      id: aStamp().recordId,
      at: noon,
      actor: 'owner',
      from: '192.0.2.1',
      action: 'ShareImage',
      region: image.region,
      imageId: image.imageId,
      recipients: [h01],
      requestId: 'request-1',
      principal: image.owner,
      principalKind: fixture.policy.principalKind,
    });
  });

  it('lists added recipients separately where others are removed, even if empty', () => {
    const facts = { policy: fixture.policy, stamp: aStamp() };

    expect(recordOf('SetImageShares', image, { ...facts, recipients: [h01, h02], added: [h02] })).toMatchObject({ added: [h02] });
    expect(recordOf('SetImageShares', image, { ...facts, recipients: [h01], added: [] })).toMatchObject({ added: [] });
  });

  it('contains the source image', () => {
    const source = { region: fixture.otherRegion, imageId: imageId('img-source') };

    expect(recordOf('CopyImage', image, { policy: fixture.policy, stamp: aStamp(), source })).toMatchObject({ source });
  });

  it('records an expiry with the service as actor, without source IP', () => {
    const [record] = expiryRecordOf(image, { policy: fixture.policy, stamp: aStamp(), recipients: [h01] });

    expect(record).toMatchObject({
      actor: 'service',
      action: 'ExpireImageShares',
      recipients: [h01],
    });
    expect(record).not.toHaveProperty('from');
  });

  it('records nothing when nothing expired', () => {
    expect(expiryRecordOf(image, { policy: fixture.policy, stamp: aStamp(), recipients: [] })).toEqual([]);
  });
});

describe.each(policyFixtures)('recordedChange under $name', (fixture) => {
  const image = anImageIn(fixture);
  const facts = { policy: fixture.policy, stamp: aStamp() };
  const record = recordOf('ShareImage', image, { ...facts, recipients: [h01] });
  const change = { expect: {}, change: { entries: { [h01]: 0 } } };

  it('adds the record after the change, which counts it', () => {
    expect(recordedChange(image, change, record)).toEqual([
      { do: 'change-image', key: image, owner: image.owner, ...change, records: { lastId: record.id, count: 1 } },
      { do: 'put-record', record },
    ]);
  });

  it("adds the expiry record before the change's record, and counts both", () => {
    const expired = expiryRecordOf(image, { ...facts, recipients: [h02] });
    const [first, ...records] = recordedChange(image, change, record, expired);

    expect(first).toMatchObject({ records: { lastId: record.id, count: 2 } });
    expect(records).toEqual(
      [...expired.map((item) => ({ ...item, id: earlierRecordId(record.id, 1) })), record].map((item) => ({
        do: 'put-record',
        record: item,
      })),
    );
  });
});

describe('earlierRecordId', () => {
  const rightBefore = (id: string) => earlierRecordId(id, 1);
  const service = new InMemoryService();

  it('sorts below every other id of the same millisecond and above earlier ones', () => {
    const [earlier, first, second] = [-0.001, 0, 0].map((seconds) => service.newRecordId(secondsFromNoon(seconds))) as [
      string,
      string,
      string,
    ];

    const derived = [3, 2, 1].map((before) => earlierRecordId(second, before));

    expect([first, ...derived.toReversed(), second, earlier].sort()).toEqual([earlier, ...derived, first, second]);
  });

  it('is unique per id', () => {
    const ids = Array.from({ length: 5 }, () => service.newRecordId(noon));

    expect(new Set([...ids, ...ids.map(rightBefore)]).size).toBe(10);
  });
});

describe('recordsWritten', () => {
  const lastRecordId = aStamp().recordId;
  const expired = earlierRecordId(lastRecordId, 1);

  it.each([
    ['the record of a new image as the first', 1, 0, [{ id: lastRecordId, sequence: 1 }]],
    ['the record of a change', 5, 4, [{ id: lastRecordId, sequence: 5 }]],
    [
      'the expiry record before the record of the change',
      6,
      4,
      [
        { id: expired, sequence: 5 },
        { id: lastRecordId, sequence: 6 },
      ],
    ],
    [
      'all records of a change with four',
      9,
      5,
      [3, 2, 1]
        .map((before) => ({ id: earlierRecordId(lastRecordId, before), sequence: 9 - before }))
        .concat({
          id: lastRecordId,
          sequence: 9,
        }),
    ],
    ['nothing for a write that changed nothing', 4, 4, []],
  ])('lists %s', (_, revision, before, expected) => {
    expect(recordsWritten({ revision, lastRecordId }, before)).toEqual(expected);
  });

  it.each(policyFixtures)('lists the records of a change in the order of its plan under $name', (fixture) => {
    const image = anImageIn(fixture, { revision: 7, recipients: { [h02]: noonSeconds } });
    const { steps } = planRecipients({ add: [h01], remove: [] }, factsAbout(image));
    const change = steps.find((step) => step.do === 'change-image');
    const after = change === undefined ? undefined : applyChange(change, image);
    const records = steps.flatMap((step) => (step.do === 'put-record' ? [step.record.id] : []));

    expect(records).toHaveLength(2);
    expect(recordsWritten(after ?? image, image.revision)).toEqual(records.map((id, index) => ({ id, sequence: 8 + index })));
  });
});

describe('recipientsCopies', () => {
  const record: ChangeRecord = {
    id: 'record-1',
    at: noon,
    actor: 'owner',
    from: '192.0.2.1',
    action: 'ShareImage',
    region: anImage().region,
    imageId: anImage().imageId,
    recipients: [h01, h02],
    requestId: 'request-1',
    principal: principal('owner'),
    principalKind: 'account',
  };

  it('create a copy per recipient, without source IP and without other recipients', () => {
    const { from: _, ...rest } = record;

    expect(recipientsCopies(record)).toEqual([
      { ...rest, id: 'record-1.h01', principal: h01, recipients: [h01] },
      { ...rest, id: 'record-1.h02', principal: h02, recipients: [h02] },
    ]);
  });

  it.each([
    ['owner', 'owner'],
    ['owner/alice', 'owner'],
    ['service', 'service'],
  ])('reduce the actor to its account: %s', (actor, expectedActor) => {
    expect(recipientsCopies({ ...record, actor }).map((copy) => copy.actor)).toEqual([expectedActor, expectedActor]);
  });

  it('state for each recipient only whether it was added', () => {
    const [first, second] = recipientsCopies({ ...record, added: [h02] });

    expect(first).toMatchObject({ recipients: [h01], added: [] });
    expect(second).toMatchObject({ recipients: [h02], added: [h02] });
  });

  it("contain only the recipient's own expirations", () => {
    const [later, h03] = [noonSeconds + 60, principal('h03')];
    const [first, second, third] = recipientsCopies({
      ...record,
      action: 'ChangeImageShares',
      recipients: [h01, h02, h03],
      added: [h02],
      rescheduled: [h01],
      endsAt: later,
      previousEnds: { [h01]: noonSeconds },
    });

    expect(first).toMatchObject({ rescheduled: [h01], endsAt: later, previousEnds: { [h01]: noonSeconds } });
    expect(second).toMatchObject({ added: [h02], endsAt: later });
    expect(second).not.toHaveProperty('previousEnds');
    expect(third).toMatchObject({ recipients: [h03], added: [] });
    expect(third).not.toHaveProperty('endsAt');
  });

  it('contain no expirations if the record has none', () => {
    expect(recipientsCopies(record).map(Object.keys)).not.toContainEqual(expect.arrayContaining(['endsAt']));
  });

  it('are not created from copies or from records without recipients', () => {
    const { recipients: _, ...withoutRecipients } = record;

    expect(recipientsCopies(record).flatMap(recipientsCopies)).toEqual([]);
    expect(recipientsCopies(withoutRecipients)).toEqual([]);
  });
});
