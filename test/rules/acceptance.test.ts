import type { Acceptance, Account } from '../../lib/model/principal.ts';
import { accepts, planAcceptance } from '../../lib/rules/acceptance.ts';
import { noon, principal } from '../support/builders.ts';

const [owner, other, accountId] = [principal('owner'), principal('other'), principal('acme')];

describe('accepts', () => {
  it.each<[string, boolean, Acceptance]>([
    ['nothing was set', true, {}],
    ['anyone can share', true, { acceptsFrom: 'anyone', trustedOwners: [], blockedOwners: [] }],
    ['another owner is blocked', true, { blockedOwners: [other] }],
    ['the owner is blocked', false, { blockedOwners: [other, owner] }],
    ['only trusted owners can share, and the owner is one', true, { acceptsFrom: 'trusted', trustedOwners: [owner] }],
    ['only trusted owners can share, and another owner is one', false, { acceptsFrom: 'trusted', trustedOwners: [other] }],
    ['only trusted owners can share, and there are none', false, { acceptsFrom: 'trusted' }],
    ['the owner is trusted and blocked', false, { trustedOwners: [owner], blockedOwners: [owner] }],
  ])('if %s, returns %s', (_, expected, acceptance) => {
    expect(accepts(acceptance, owner)).toBe(expected);
  });

  it('returns true for an unknown recipient, which another rule refuses', () => {
    expect(accepts(undefined, owner)).toBe(true);
  });
});

describe('planAcceptance', () => {
  const plan = (wanted: Acceptance, current: Acceptance = {}) => {
    const account: Account = { accountId, name: 'Acme', state: 'open', createdAt: noon, openProjects: 0, ...current };
    const accounts = new Map([[accountId, account]]);
    return planAcceptance(wanted, { principal: accountId, kind: 'account', accounts, projects: new Map() });
  };

  it('sets only the given fields, without duplicates, in the given order', () => {
    expect(plan({ trustedOwners: [other, owner, other] }, { blockedOwners: [owner] })).toEqual({
      result: { trustedOwners: [other, owner] },
      steps: [{ do: 'set-acceptance', principal: accountId, kind: 'account', acceptance: { trustedOwners: [other, owner] } }],
    });
  });

  it.each<[string, Acceptance, Acceptance]>([
    ['the lists are empty and were never set', { trustedOwners: [] }, {}],
    ['anyone can share and nothing was set', { acceptsFrom: 'anyone', blockedOwners: [] }, {}],
    ['a list is the same', { trustedOwners: [owner, other] }, { trustedOwners: [owner, other] }],
    [
      'everything is the same',
      { acceptsFrom: 'trusted', blockedOwners: [other] },
      { acceptsFrom: 'trusted', blockedOwners: [other] },
    ],
  ])('does nothing when %s', (_, wanted, current) => {
    expect(plan(wanted, current)).toEqual({ result: wanted, steps: [] });
  });

  it.each<[string, Acceptance]>([
    ['removes one', { trustedOwners: [owner] }],
    ['removes all', { trustedOwners: [] }],
    ['changes the order', { trustedOwners: [other, owner] }],
    ['accepts only trusted owners', { acceptsFrom: 'trusted', blockedOwners: [] }],
    ['blocks an owner', { acceptsFrom: 'anyone', blockedOwners: [other] }],
  ])('%s', (_, wanted) => {
    expect(plan(wanted, { trustedOwners: [owner, other] }).steps).toMatchObject([{ do: 'set-acceptance', acceptance: wanted }]);
  });
});
