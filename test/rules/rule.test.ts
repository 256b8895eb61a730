import { ActionError } from '../../lib/model/error.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { catalog, type RefusingRule, ruleOf } from '../../lib/rules/catalog.ts';
import { explained, type Rule, refusal, refusalBy } from '../../lib/rules/rule.ts';
import { thrownBy } from '../support/builders.ts';

const refusing = ruleSlugs.filter((slug) => ruleOf(slug).refuses !== undefined) as RefusingRule[];
const reason = 'Image img-1 is pending';

describe('catalog', () => {
  it.each(refusing)('says what %s refuses with, and what can be done, without a full stop', (slug) => {
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
  it.each(refusing)('tells by %s the code, the reason and the remedy', (slug) => {
    const { refuses, remedy } = catalog[slug];

    expect(refusal(slug, reason)).toMatchObject({
      code: refuses[0],
      details: { detail: `${reason}.`, remedy: `${remedy}.`, rule: slug },
    });
  });

  it('tells figures beside them', () => {
    expect(refusal('share.cap', reason, { cap: 50, used: 50 })).toMatchObject({ details: { cap: 50, used: 50 } });
  });
});

describe('explained', () => {
  it.each(refusing)('takes a refusal by %s apart again', (slug) => {
    expect(explained(refusal(slug, reason))).toEqual({
      rule: slug,
      reason: `${reason}.`,
      remedy: `${catalog[slug].remedy}.`,
    });
  });

  it('gives no remedy where the rule has none', () => {
    const error = new ActionError('ImageNotUsable', { detail: 'So it is.', rule: 'audit.record' });

    expect(explained(error)).toEqual({ rule: 'audit.record', reason: 'So it is.' });
  });

  it('throws for what no rule refuses', () => {
    expect(thrownBy(() => explained(new ActionError('InvalidRequest', { detail: 'x' })))).toMatchObject({
      message: 'No rule caused this error: x',
    });
  });
});

describe('refusalBy', () => {
  const rule: Rule<readonly string[], 'share.cap'> = {
    slug: 'share.cap',
    violations: (names) => names.map((id) => ({ id, reason: 'There is no room' })),
    figures: (names) => ({ used: names.length }),
  };

  it('permits without violations', () => {
    expect(refusalBy(rule, [])).toBeUndefined();
  });

  it('names every violation with its code and rule, and each reason once', () => {
    const {
      refuses: [code],
      remedy,
    } = catalog['share.cap'];
    const violation = { code, rule: 'share.cap', reason: 'There is no room' };

    expect(refusalBy(rule, ['a', 'b'])).toMatchObject({
      code,
      details: {
        detail: 'There is no room.',
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
