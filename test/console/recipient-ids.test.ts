import {
  differenceOf,
  enter,
  finishedIds,
  formProblemOf,
  idsIn,
  nobody,
  issuesOf,
  withdraw,
} from '../../console/src/sharing/recipient-ids.ts';

const fifty = Array.from({ length: 50 }, (_, at) => `2000000000${String(at).padStart(2, '0')}`);

describe('idsIn', () => {
  it('finds 50 ids between mixed separators, in their order', () => {
    const separators = [',', '; ', '\n', '\r\n', '，', '；', '、', '\t', '　', ' , ', '。'];
    const text = fifty.map((id, at) => id + separators[at % separators.length]).join('');
    expect(idsIn(text)).toEqual(fifty);
  });

  it('finds nothing in separators alone', () => {
    expect(idsIn(' ,，;；\n\u3000')).toEqual([]);
  });

  it('finds the ids of a list as programs write it', () => {
    expect(idsIn('["100000000002", "org-acme01"]')).toEqual(['100000000002', 'org-acme01']);
  });

  it('keeps an id as often as it stands there', () => {
    expect(idsIn('a1,b2,a1')).toEqual(['a1', 'b2', 'a1']);
  });

  it('writes full-width letters, digits and punctuation as narrow ones', () => {
    expect(idsIn('１００００００００００２，ｏｒｇ－ａｃｍｅ０１')).toEqual(['100000000002', 'org-acme01']);
  });

  it('leaves out what cannot be seen', () => {
    expect(idsIn('\uFEFF1000\u200B00000002')).toEqual(['100000000002']);
  });

  it('never makes an id of another character that looks like it', () => {
    expect(idsIn('1² ①')).toEqual(['1²', '①']);
  });
});

describe('finishedIds', () => {
  it('leaves alone what has no separator yet', () => {
    expect(finishedIds('10000000000', '100000000002')).toEqual({ ids: [], rest: '100000000002' });
  });

  it.each([',', '，', ' ', '\n', '；'])('finishes an id when %j is typed behind it', (typed) => {
    expect(finishedIds('100000000002', `100000000002${typed}`)).toEqual({ ids: ['100000000002'], rest: '' });
  });

  it('leaves what is typed behind a separator as the rest', () => {
    expect(finishedIds('a1 b', 'a1 b2')).toEqual({ ids: ['a1'], rest: 'b2' });
  });

  it('finishes all that is pasted with separators', () => {
    expect(finishedIds('', fifty.join('\n'))).toEqual({ ids: fifty, rest: '' });
  });
});

describe('enter and withdraw', () => {
  it('enter every id once and tell which were named twice', () => {
    const entered = enter(enter(nobody, ['a1', 'b2', 'a1']), ['c3', 'b2']);
    expect(entered).toEqual({ ids: ['a1', 'b2', 'c3'], twice: new Set(['a1', 'b2']) });
  });

  it('forget that an id was named twice when it is withdrawn', () => {
    expect(withdraw(enter(nobody, ['a1', 'a1', 'b2']), 'a1')).toEqual({ ids: ['b2'], twice: new Set() });
  });
});

describe('formProblemOf', () => {
  it.each(['100000000002', 'org-acme01', 'A', 'a.b_c-d', 'x'.repeat(20)])('is content with %s', (id) => {
    expect(formProblemOf(id)).toBeUndefined();
  });

  it.each(['-acme', '.acme', 'org/acme', 'a$b', '账号', '1²', '①', 'a@b'])('names the characters of %s', (id) => {
    expect(formProblemOf(id)).toBe('characters');
  });

  it('names the length of 21 characters', () => {
    expect(formProblemOf('x'.repeat(21))).toBe('length');
  });
});

describe('issuesOf', () => {
  const known = { owners: ['owner'], holders: [['held', 'both'], ['both']], offences: new Map() };

  it('has nothing to say of good ids', () => {
    expect(issuesOf(enter(nobody, fifty), known).size).toBe(0);
  });

  it('says what is wrong and what is worth knowing', () => {
    const offences = new Map([
      ['gone', { code: 'RecipientNotFound', reason: 'gone is no open account' }],
      ['other', { code: 'RecipientIsOwner', reason: 'other owns the image' }],
    ]);
    const entered = enter(nobody, ['owner', 'held', 'both', 'a$b', 'gone', 'other', 'again', 'again']);
    expect(Object.fromEntries(issuesOf(entered, { ...known, offences }))).toEqual({
      owner: { isWrong: true, what: 'owner' },
      held: { isWrong: false, what: 'holds', images: 1 },
      both: { isWrong: false, what: 'holds', images: 2 },
      a$b: { isWrong: true, what: 'characters' },
      gone: { isWrong: true, what: 'unknown', reason: 'gone is no open account' },
      other: { isWrong: true, what: 'refused', reason: 'other owns the image' },
      again: { isWrong: false, what: 'twice' },
    });
  });
});

describe('differenceOf', () => {
  it('tells added, removed and kept ids apart, each once', () => {
    expect(differenceOf(['a', 'b', 'c'], ['d', 'c', 'a', 'd'])).toEqual({ added: ['d'], removed: ['b'], kept: ['a', 'c'] });
  });
});
