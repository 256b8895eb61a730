import type { Policy } from '../../lib/model/policy.ts';
import { ruleSlugs } from '../../lib/model/rule-slug.ts';
import { catalog } from '../../lib/rules/catalog.ts';
import { policies, policyNamed } from '../support/builders.ts';

/** Every setting of every policy, as its cloud documents it. A new setting doesn't compile until it is listed here. */
const expected: Readonly<Record<string, Policy>> = {
  tencent: {
    name: 'tencent',
    principalKind: 'account',
    recipientsPerImageMax: 50,
    imagesPerPrincipalMax: 500,
    deleteWhileShared: 'refuse',
    riskAcknowledgement: 'notice',
    recipientMaySave: true,
    recipientMayLeave: true,
    lightweightMayBeShared: true,
    pendingMayBeShared: false,
    dataDisksWhenShared: 'refused',
    encryptionsThatMayBeShared: ['none'],
    ownerMayDeprecateWhileShared: true,
    imageId: { prefix: 'img-', length: 8 },
    instanceId: { prefix: 'ins-', length: 8 },
  },
  alibaba: {
    name: 'alibaba',
    principalKind: 'account',
    recipientsPerImageMax: 50,
    imagesPerPrincipalMax: 100,
    deleteWhileShared: 'refuse',
    riskAcknowledgement: 'notice',
    recipientMaySave: true,
    recipientMayLeave: true,
    lightweightMayBeShared: true,
    pendingMayBeShared: true,
    dataDisksWhenShared: 'whole',
    encryptionsThatMayBeShared: ['none', 'customer'],
    ownerMayDeprecateWhileShared: false,
    imageId: { prefix: 'm-', length: 20 },
    instanceId: { prefix: 'i-', length: 20 },
  },
  ucloud: {
    name: 'ucloud',
    principalKind: 'project',
    recipientsPerImageMax: 50,
    imagesPerPrincipalMax: 30,
    deleteWhileShared: 'withdraw',
    riskAcknowledgement: 'required',
    recipientMaySave: true,
    recipientMayLeave: false,
    lightweightMayBeShared: false,
    pendingMayBeShared: false,
    dataDisksWhenShared: 'system-disk',
    encryptionsThatMayBeShared: ['none', 'service', 'customer'],
    ownerMayDeprecateWhileShared: true,
    imageId: { prefix: 'uimage-', length: 12 },
    instanceId: { prefix: 'uhost-', length: 12 },
  },
};

describe('policies', () => {
  it.each(policies.map(({ name }) => name))('have the settings that the cloud documents: %s', (name) => {
    expect(policyNamed(name)).toEqual(expected[name]);
  });
});

describe('catalog', () => {
  it.each(ruleSlugs)('describes %s in a sentence with a source', (slug) => {
    expect(catalog[slug].says).toMatch(/\.$/);
    expect(catalog[slug].sources.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/./)]));
  });
});
