import {
  addIds,
  differenceOf,
  finishedIds,
  formProblemOf,
  idsIn,
  issuesOf,
  noIds,
  removeId,
} from '../../console/src/sharing/recipient-ids.ts';
import { rowsToShow } from '../../console/src/sharing/remaining.ts';

const fifty = Array.from({ length: 50 }, (_, index) => `2000000000${String(index).padStart(2, '0')}`);

describe('idsIn', () => {
  it('finds 50 IDs between mixed separators, in order', () => {
    const separators = [',', '; ', '\n', '\r\n', '，', '；', '、', '\t', '　', ' , ', '。'];
    const text = fifty.map((id, index) => id + separators[index % separators.length]).join('');
    expect(idsIn(text)).toEqual(fifty);
  });

  it('finds nothing in separators alone', () => {
    expect(idsIn(' ,，;；\n\u3000')).toEqual([]);
  });

  it('finds the IDs of a JSON array', () => {
    expect(idsIn('["100000000002", "org-acme01"]')).toEqual(['100000000002', 'org-acme01']);
  });

  it('keeps duplicate IDs', () => {
    expect(idsIn('a1,b2,a1')).toEqual(['a1', 'b2', 'a1']);
  });

  it('converts full-width letters, digits, and punctuation to ASCII', () => {
    expect(idsIn('１００００００００００２，ｏｒｇ－ａｃｍｅ０１')).toEqual(['100000000002', 'org-acme01']);
  });

  it('drops invisible characters', () => {
    expect(idsIn('\uFEFF1000\u200B00000002')).toEqual(['100000000002']);
  });

  it('never converts other characters that look like digits', () => {
    expect(idsIn('1² ①')).toEqual(['1²', '①']);
  });
});

describe('finishedIds', () => {
  it('keeps text without a separator', () => {
    expect(finishedIds('10000000000', '100000000002')).toEqual({ ids: [], rest: '100000000002' });
  });

  it.each([',', '，', ' ', '\n', '；'])('completes an ID when %j is typed after it', (typed) => {
    expect(finishedIds('100000000002', `100000000002${typed}`)).toEqual({ ids: ['100000000002'], rest: '' });
  });

  it('keeps text after a separator as the rest', () => {
    expect(finishedIds('a1 b', 'a1 b2')).toEqual({ ids: ['a1'], rest: 'b2' });
  });

  it('completes all IDs pasted with separators', () => {
    expect(finishedIds('', fifty.join('\n'))).toEqual({ ids: fifty, rest: '' });
  });
});

describe('addIds and removeId', () => {
  it('enter each ID once and report duplicates', () => {
    const entered = addIds(addIds(noIds, ['a1', 'b2', 'a1']), ['c3', 'b2']);
    expect(entered).toEqual({ ids: ['a1', 'b2', 'c3'], duplicates: new Set(['a1', 'b2']) });
  });

  it('forget a duplicate when its ID is removed', () => {
    expect(removeId(addIds(noIds, ['a1', 'a1', 'b2']), 'a1')).toEqual({ ids: ['b2'], duplicates: new Set() });
  });
});

describe('formProblemOf', () => {
  it.each(['100000000002', 'org-acme01', 'A', 'a.b_c-d', 'x'.repeat(20)])('accepts %s', (id) => {
    expect(formProblemOf(id)).toBeUndefined();
  });

  it.each(['-acme', '.acme', 'org/acme', 'a$b', '账号', '1²', '①', 'a@b'])('reports invalid characters in %s', (id) => {
    expect(formProblemOf(id)).toBe('characters');
  });

  it('reports 21 characters as too long', () => {
    expect(formProblemOf('x'.repeat(21))).toBe('length');
  });
});

describe('issuesOf', () => {
  const known = { owners: ['owner'], recipients: [['one', 'both'], ['both']], violations: new Map() };

  it('has no issues for valid IDs', () => {
    expect(issuesOf(addIds(noIds, fifty), known).size).toBe(0);
  });

  it('reports errors and notes', () => {
    const violations = new Map([
      ['gone', 'RecipientNotFound'],
      ['other', 'RecipientIsOwner'],
    ] as const);
    const entered = addIds(noIds, ['owner', 'one', 'both', 'a$b', 'gone', 'other', 'again', 'again']);
    expect(Object.fromEntries(issuesOf(entered, { ...known, violations }))).toEqual({
      owner: { isError: true, what: 'owner' },
      one: { isError: false, what: 'shared', images: 1 },
      both: { isError: false, what: 'shared', images: 2 },
      a$b: { isError: true, what: 'characters' },
      gone: { isError: true, what: 'unknown' },
      other: { isError: true, what: 'owner' },
      again: { isError: false, what: 'duplicate' },
    });
  });
});

describe('rowsToShow', () => {
  const rows = (count: number, troubled = 0) => Array.from({ length: count }, (_, index) => ({ isTroubled: index < troubled }));
  const counts = (all: ReturnType<typeof rows>) => {
    const { shown, moreTroubled, others } = rowsToShow(all, ({ isTroubled }) => isTroubled);
    return [shown.length, moreTroubled, others];
  };

  it('shows a few images, and of many only those with trouble', () => {
    expect(counts(rows(5, 1))).toEqual([5, 0, 0]);
    expect(counts(rows(133))).toEqual([0, 0, 133]);
    expect(counts(rows(133, 3))).toEqual([3, 0, 130]);
    expect(counts(rows(133, 100))).toEqual([20, 80, 33]);
  });
});

describe('differenceOf', () => {
  it('returns added, removed, and unchanged IDs, each once', () => {
    expect(differenceOf(['a', 'b', 'c'], ['d', 'c', 'a', 'd'])).toEqual({ added: ['d'], removed: ['b'], unchanged: ['a', 'c'] });
  });
});
