import type { ChangeRecord } from '../../lib/model/record.ts';
import { expiryRecordOf, recipientsCopies, recordOf } from '../../lib/rules/records.ts';
import { anImage, anImageIn, aStamp, holder, noon, places } from '../support/builders.ts';

const [h01, h02] = [holder('h01'), holder('h02')];

describe.each(places)('recordOf under $name', (place) => {
  const image = anImageIn(place);

  it('says who did what to which image, when, from where and by which request', () => {
    expect(recordOf('ShareImage', image, { policy: place.policy, stamp: aStamp(), recipients: [h01] })).toEqual({
      do: 'put-record',
      record: {
        id: 'record-1',
        at: noon,
        actor: 'owner',
        from: '192.0.2.1',
        action: 'ShareImage',
        region: image.region,
        imageId: image.imageId,
        recipients: [h01],
        requestId: 'request-1',
        holder: image.owner,
        holderKind: place.policy.holderKind,
      },
    });
  });

  it('records what expired as done by the service, from nowhere, under an id of its own', () => {
    const [step] = expiryRecordOf(image, { policy: place.policy, stamp: aStamp(), recipients: [h01] });

    expect(step).toMatchObject({ record: { id: 'record-2', actor: 'service', action: 'ExpireImageShares', recipients: [h01] } });
    expect(step).not.toHaveProperty('record.from');
  });

  it('records nothing where nothing expired', () => {
    expect(expiryRecordOf(image, { policy: place.policy, stamp: aStamp(), recipients: [] })).toEqual([]);
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
    holder: holder('owner'),
    holderKind: 'account',
  };

  it('give each recipient a copy without where from and without the others', () => {
    const { from: _, ...rest } = record;

    expect(recipientsCopies(record)).toEqual([
      { ...rest, id: 'record-1.h01', holder: h01, recipients: [h01] },
      { ...rest, id: 'record-1.h02', holder: h02, recipients: [h02] },
    ]);
  });

  it('are not made of copies, nor of records without recipients', () => {
    const { recipients: _, ...alone } = record;

    expect(recipientsCopies(record).flatMap(recipientsCopies)).toEqual([]);
    expect(recipientsCopies(alone)).toEqual([]);
  });
});
