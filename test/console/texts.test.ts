import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chineseFor, english, sourceAddresses } from '../../console/src/texts/service-texts.ts';
import { withNames } from '../../console/src/texts/with-names.ts';
import { problemTypes } from '../../lib/http/problem-types.ts';
import { errorCodes } from '../../lib/model/error.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';

const chinese = chineseFor();
const folder = join(import.meta.dirname, '../../console/src');
const latinAllowed = new Set([
  'ID',
  'API',
  // A variable of the shown command.
  'TOKEN',
  'SDK',
  'CSV',
  'HTTP',
  'UTC',
  'UTF',
  'GiB',
  'UCloud',
  'CVM',
  'ECS',
  'IP',
  'Secret',
  'Lighthouse',
]);
const numbers = { cap: 50, used: 48, remaining: 2 };
const lists = {
  recipients: ['100000000001'],
  offenders: [{ id: '100000000002', code: 'RecipientNotFound' as const, reason: 'An English reason' }],
};

/** Latin words that a Chinese text must not contain. */
const foreignWordsIn = (text: string): readonly string[] =>
  (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !latinAllowed.has(word));

function expectChinese(text: string | undefined): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(foreignWordsIn(text ?? '')).toEqual([]);
}

const documentOf = (code: (typeof errorCodes)[number], facts: object) => ({
  type: `/v1/docs/errors#${code}`,
  ...problemTypes[code],
  detail: 'An English sentence.',
  code,
  requestId: '1',
  ...facts,
});

describe('the Chinese texts of problem documents', () => {
  it.each(errorCodes)('cover the code %s', (code) => {
    for (const facts of [{}, numbers, lists, { ...numbers, ...lists }]) {
      const document = documentOf(code, facts);
      expectChinese(chinese.titleOf(document));
      expectChinese(chinese.detailOf(document));
      expect(chinese.detailOf(document)).toMatch(/。$/);
    }
  });

  it.each(ruleSlugs)('cover the rule %s', (rule) => {
    const { refuses, remedy, ownersRemedy } = ruleOf(rule);
    for (const code of errorCodes) {
      for (const facts of [{}, { ...numbers, ...lists }]) {
        expectChinese(chinese.detailOf(documentOf(code, { ...facts, rule })));
      }
    }
    if (refuses !== undefined) {
      expectChinese(chinese.reasonOf({ allowed: false, rule, reason: 'An English reason.' }));
    }
    if (remedy !== undefined) {
      expectChinese(chinese.remedyOf({ rule, remedy }));
      const ownersText = chinese.remedyOf({ rule, remedy }, { isOwnersQuestion: true });
      expectChinese(ownersText);
      expect(ownersText !== chinese.remedyOf({ rule, remedy })).toBe(ownersRemedy !== undefined);
    }
    expectChinese(chinese.reasonOf({ allowed: true, rule, reason: 'An English reason.' }));
  });

  it('name the images and recipients whose names are known', () => {
    const names = new Map([
      ['img-1', 'web'],
      ['1001', 'Globex'],
      ['shared', 'An account'],
      ['1001.a', 'Initech'],
      ['img-abcdefgh', 'late'],
    ]);
    const text = 'Image img-1 is shared with 1001, 1001.a, and img-12. See 1001. Image img-abcdefgh is not.';
    expect(withNames(text, names, (name, id) => `${name} (${id})`)).toBe(
      'Image web (img-1) is shared with Globex (1001), Initech (1001.a), and img-12. See Globex (1001). ' +
        'Image late (img-abcdefgh) is not.',
    );
  });

  it('contain the numbers and IDs of the case', () => {
    expect(chinese.detailOf(documentOf('ShareCapExceeded', { ...numbers, rule: 'share.cap' }))).toBe(
      '该镜像已共享给 48 个账号或项目，共享上限为 50 个，还可共享给 2 个。请取消部分共享，或复制镜像后共享副本。',
    );
    expect(chinese.detailOf(documentOf('ImageShared', { used: 1, recipients: ['1001'], rule: 'delete.guard' }))).toBe(
      '该镜像已共享给 1 个账号或项目：1001。镜像共享期间不能删除。请先取消共享。',
    );
    expect(chineseFor('project').detailOf(documentOf('ImageShared', { used: 1, rule: 'delete.guard' }))).toBe(
      '该镜像已共享给 1 个项目。镜像共享期间不能删除。请先取消共享。',
    );
    const offenders = [
      { id: 'owners[2]', code: 'InvalidRequest' as const, reason: 'must be at most 20 bytes in UTF-8' },
      { id: 'description', code: 'InvalidRequest' as const, reason: 'must be at most 768 bytes in UTF-8' },
      { id: 'other', code: 'InvalidRequest' as const, reason: 'An English reason' },
    ];
    expect(chinese.detailOf(documentOf('InvalidRequest', { offenders }))).toBe(
      '所有者 ID（第 3 项）不能超过 20 字节。描述不能超过 768 字节。other 的值无效。',
    );
    expect(english.detailOf(documentOf('InvalidRequest', { offenders: offenders.slice(0, 2) }))).toBe(
      'Owner IDs, entry 3 must be 20 bytes or fewer. Description must be 768 bytes or fewer.',
    );
  });

  it('distinguish what one rule denies in different cases', () => {
    const detailOf = (code: 'AccountInUse' | 'Forbidden', facts = {}) =>
      chinese.detailOf(documentOf(code, { rule: 'account.close', ...facts }));
    expect(detailOf('AccountInUse', lists)).toContain('仍有以下资源：100000000002');
    expect(detailOf('Forbidden')).toContain('已关闭');
  });
});

describe('the sources of rules', () => {
  const documents = ruleSlugs.flatMap((rule) => ruleOf(rule).sources);
  const sources = [...new Set(documents.map(({ title }) => title))];

  it('have the addresses that the service knows', () => {
    const known = documents.flatMap(({ title, address }) => (address === undefined ? [] : [[title, address] as const]));
    expect(sourceAddresses).toEqual(Object.fromEntries(known));
  });

  it.each(sources)('have a Chinese name: "%s"', (source) => {
    expectChinese(chinese.sourceOf(source));
  });
});

/** Arguments for text functions: `account` is both a kind of principal and a value, and `join` works as on a list. */
const sample = ['account'];

/** Returns every text of a module in one language, with its key. */
function textsIn(value: unknown, key: string): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') {
    return [[key, value]];
  }
  if (typeof value === 'function') {
    const text: unknown = value(sample, sample, sample, sample);
    return textsIn(typeof text === 'string' ? text.replace(/account|NaN/g, '1') : text, key);
  }
  return Object.entries(value as object).flatMap(([name, value]) => textsIn(value, `${key}.${name}`));
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(texts|[/\\]common)\.ts$/.test(file) && !/[/\\]use-/.test(file))
  .sort();

const modules = await Promise.all(
  files.map(async (file) => {
    const exported: unknown[] = Object.values((await import(join(folder, file))) as object);
    return [
      file,
      exported.find((value): value is { en: object; zh: object } => typeof value === 'object' && value !== null && 'zh' in value),
    ] as const;
  }),
);

describe('the texts of the console', () => {
  const all = modules.flatMap(([file, texts]) => (texts === undefined ? [] : [[file, texts] as const]));

  it('are found', () => {
    expect(all.length).toBeGreaterThan(10);
  });

  it.each(all)('%s has no English words in Chinese', (file, { zh }) => {
    const found = textsIn(zh, file).map(([key, text]) => [key, foreignWordsIn(text)] as const);
    expect(found.filter(([, words]) => words.length > 0)).toEqual([]);
  });

  it.each(all)('%s uses the terms of cloud consoles', (file, { en, zh }) => {
    const english = textsIn(en, file).filter(([, text]) => /\bservers?\b|\bholders?\b|\blabels?\b|\bids?\b|initialis/.test(text));
    const inChinese = textsIn(zh, file).filter(([, text]) => /接收方|持有|名额|自有镜像|帐号|从不/.test(text));
    expect([...english, ...inChinese]).toEqual([]);
  });
});
