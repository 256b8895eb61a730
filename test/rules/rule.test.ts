import { ActionError } from '../../lib/model/error.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { catalog, type RefusingRule, ruleOf } from '../../lib/rules/catalog.ts';
import { explained, type Rule, refusal, refusalBy } from '../../lib/rules/rule.ts';
import { thrownBy } from '../support/builders.ts';

const refusingSlugs = ruleSlugs.filter((slug) => ruleOf(slug).refuses !== undefined) as RefusingRule[];
const reason = 'Image img-1 is pending';

describe('catalog', () => {
  it.each(refusingSlugs)('has a remedy for %s, without a period', (slug) => {
    expect(catalog[slug].remedy).toMatch(/^[A-Z].*[^.]$/);
  });

  it.each(ruleSlugs.filter((slug) => ruleOf(slug).refuses === undefined))(
    'has no remedy for %s, which refuses nothing',
    (slug) => {
      expect(ruleOf(slug).remedy).toBeUndefined();
    },
  );
});

describe('refusal', () => {
  it.each(refusingSlugs)('contains the code, reason, and remedy: %s', (slug) => {
    const { refuses, remedy } = catalog[slug];

    expect(refusal(slug, reason)).toMatchObject({
      code: refuses[0],
      details: { detail: `${reason}.`, remedy: `${remedy}.`, rule: slug },
    });
  });

  it('contains figures', () => {
    expect(refusal('share.cap', reason, { cap: 50, used: 50 })).toMatchObject({ details: { cap: 50, used: 50 } });
  });
});

describe('explained', () => {
  it.each(refusingSlugs)('extracts rule, reason, and remedy from a refusal by %s', (slug) => {
    expect(explained(refusal(slug, reason))).toEqual({
      rule: slug,
      reason: `${reason}.`,
      remedy: `${catalog[slug].remedy}.`,
    });
  });

  it('returns no remedy if the rule has none', () => {
    const error = new ActionError('ImageNotUsable', { detail: 'Some reason.', rule: 'audit.record' });

    expect(explained(error)).toEqual({ rule: 'audit.record', reason: 'Some reason.' });
  });

  it('throws for errors without a rule', () => {
    expect(thrownBy(() => explained(new ActionError('InvalidRequest', { detail: 'x' })))).toMatchObject({
      message: 'No rule caused this error: x',
    });
  });
});

describe('refusalBy', () => {
  const rule: Rule<readonly string[], 'share.cap'> = {
    slug: 'share.cap',
    violations: (names) => names.map((id) => ({ id, reason: 'The list is full' })),
    figures: (names) => ({ used: names.length }),
  };

  it('returns undefined without violations', () => {
    expect(refusalBy(rule, [])).toBeUndefined();
  });

  it('lists every violation with its code and rule, and each reason once', () => {
    const {
      refuses: [code],
      remedy,
    } = catalog['share.cap'];
    const violation = { code, rule: 'share.cap', reason: 'The list is full' };

    expect(refusalBy(rule, ['a', 'b'])).toMatchObject({
      code,
      details: {
        detail: 'The list is full.',
        remedy: `${remedy}.`,
        used: 2,
        offenders: [
          { id: 'a', ...violation },
          { id: 'b', ...violation },
        ],
      },
    });
  });
});
