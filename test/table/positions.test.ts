import {
  idAt,
  isPrincipalPosition,
  isRecordPosition,
  isTimePosition,
  recordAt,
  recordPosition,
  timeAt,
} from '../../lib/table/positions.ts';
import { anImage, noon } from '../support/builders.ts';

const { region, imageId } = anImage();
const id = '019ab8c0-0000-7000-8000-000000000001';
const recordAtNoon = recordPosition(id, anImage());
const createdAtNoon = `${noon.toISOString()}#${imageId}`;

describe('a position in a list of records', () => {
  it('is the ID of the record, then its image', () => {
    expect(recordAtNoon).toBe(`${id}#${region}#${imageId}`);
    expect(recordAt(recordAtNoon)).toEqual({ id, image: { region, imageId } });
  });

  it.each([recordAtNoon, `${id}.h01#${region}#${imageId}`])('is recognized: %s', (position) => {
    expect(isRecordPosition(position)).toBe(true);
  });

  it.each([
    '',
    id,
    `${id}#${region}`,
    `x${recordAtNoon}`,
    recordAtNoon.slice(1),
    `${recordAtNoon}#`,
    `${recordAtNoon} x`,
    createdAtNoon,
  ])('is not %j', (position) => {
    expect(isRecordPosition(position)).toBe(false);
  });
});

describe('a position in a list that is sorted by time', () => {
  it('is the time, then an ID', () => {
    expect([timeAt(createdAtNoon), idAt(createdAtNoon)]).toEqual([noon, imageId]);
    expect(isTimePosition(createdAtNoon)).toBe(true);
  });

  it.each(['', noon.toISOString(), `${noon.toISOString()}#`, `x${createdAtNoon}`, `${createdAtNoon}#x`, `2026-11-22#${imageId}`])(
    'is not %j',
    (position) => {
      expect(isTimePosition(position)).toBe(false);
    },
  );
});

describe('a position in a list in the order of principals', () => {
  it('is the ID of an account or a project', () => {
    expect(['100000000001', 'org-a', '', 'a b', 'a#b'].map(isPrincipalPosition)).toEqual([true, true, false, false, false]);
  });
});
