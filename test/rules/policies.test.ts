import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { catalog } from '../../lib/rules/catalog.ts';
import { policyNamed } from '../support/builders.ts';

const settings = [
  'principalKind',
  'recipientsPerImageMax',
  'imagesPerPrincipalMax',
  'deleteWhileShared',
  'riskAcknowledgement',
  'recipientMaySave',
  'recipientMayLeave',
  'lightweightMayBeShared',
  'dataDisksWhenShared',
  'encryptionsThatMayBeShared',
  'ownerMayDeprecateWhileShared',
  'imageId',
  'instanceId',
] as const;

describe('policies', () => {
  it.each([
    ['tencent', ['account', 50, 500, 'refuse', 'notice', true, true, true, 'refused', ['none'], true]],
    ['alibaba', ['account', 50, 100, 'refuse', 'notice', true, true, true, 'whole', ['none', 'customer'], false]],
    [
      'ucloud',
      ['project', 50, 30, 'withdraw', 'required', true, false, false, 'system-disk', ['none', 'service', 'customer'], true],
    ],
  ])('match the table of rules for %s', (name, values) => {
    const policy = policyNamed(name);

    expect(settings.slice(0, values.length).map((setting) => policy[setting])).toEqual(values);
  });

  it.each([
    ['tencent', { prefix: 'img-', length: 8 }, { prefix: 'ins-', length: 8 }],
    ['alibaba', { prefix: 'm-', length: 20 }, { prefix: 'i-', length: 20 }],
    ['ucloud', { prefix: 'uimage-', length: 12 }, { prefix: 'uhost-', length: 12 }],
  ])('define the id formats of %s', (name, imageId, instanceId) => {
    expect(policyNamed(name)).toMatchObject({ imageId, instanceId });
  });
});

describe('catalog', () => {
  it.each(ruleSlugs)('describes %s in a sentence with a source', (slug) => {
    expect(catalog[slug].says).toMatch(/\.$/);
    expect(catalog[slug].sources.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/./)]));
  });
});
