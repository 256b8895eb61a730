import { changeImageShares } from '../../functions/change-image-shares.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import type { Image, Recipients } from '../../lib/model/image.ts';
import { riskNotice } from '../../lib/rules/security-notices.ts';
import {
  anImageIn,
  fixtureOf,
  noonSeconds,
  type PolicyFixture,
  policyFixtures,
  principals,
  refusalFields,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

interface Change {
  readonly add?: readonly (PrincipalId | string)[];
  readonly remove?: readonly PrincipalId[];
  readonly expiresAt?: string;
  readonly acknowledgeRisk?: boolean;
}

/** Creates an image of `owner`, and the accounts that the tests use. */
async function serviceWith(fixture: PolicyFixture, recipients: Recipients = {}, parts: Partial<Image> = {}) {
  const store = new InterruptibleStore();
  const image = anImageIn(fixture, { recipients, ...parts });
  const service = await (await new InMemoryService(store).createAccounts('owner', 'friend', 'guest', 'third')).putImages(image);
  const key = { region: image.region, imageId: image.imageId };
  const fieldsOf = (changes: Change) => ({ ...key, add: [], remove: [], acknowledgeRisk: true, ...changes });
  const change = (changes: Change, options = {}) => service.call(changeImageShares, fieldsOf(changes), options);
  const refusalOf = (changes: Change, options = {}) => service.refusalOf(changeImageShares, fieldsOf(changes), options);
  const listRecipients = async () => (await service.call(listImageShares, key)).shares.map(({ recipient }) => recipient).sort();
  return { service, store, image, at: key, change, refusalOf, listed: listRecipients };
}

describe.each(policyFixtures)('changeImageShares under $name', (fixture) => {
  const { policy } = fixture;
  const [friend, guest, third] = [fixture.principalOf('friend'), fixture.principalOf('guest'), fixture.principalOf('third')];

  describe('effects', () => {
    it('adds and removes recipients in one call, and keeps the others', async () => {
      const { change, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend, third]));

      expect(await change({ add: [guest], remove: [friend] })).toMatchObject({
        added: [guest],
        removed: [friend],
        notShared: [],
        used: 2,
        shares: [{ recipient: guest, sharedBy: 'owner' }],
      });
      expect(await listRecipients()).toEqual([guest, third].sort());
    });

    it('removes first, so that a full list of 50 can swap a recipient', async () => {
      const full = principals(50, 'old');
      const { change } = await serviceWith(fixture, sharedWith(full));

      expect(await change({ add: [guest], remove: full.slice(0, 1) })).toMatchObject({ used: 50, remaining: 0 });
    });

    it('reports recipients that had no share, and leaves out those that already had one', async () => {
      const { change, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));

      expect(await change({ add: [friend], remove: [guest] })).toMatchObject({ added: [], removed: [], notShared: [guest] });
      expect(await listRecipients()).toEqual([friend]);
    });

    it('applies the end time to every added recipient, new or not', async () => {
      const { change, service, image } = await serviceWith(fixture, sharedWith([friend]));
      await change({ add: [friend, guest], expiresAt: new Date((noonSeconds + 60) * 1_000).toISOString() });

      expect((await service.store.image(image))?.recipients).toEqual({ [friend]: noonSeconds + 60, [guest]: noonSeconds + 60 });
    });

    it('leaves one record with added and removed recipients', async () => {
      const { change, service, image } = await serviceWith(fixture, sharedWith([friend]));
      await change({ add: [guest], remove: [friend] });

      expect(await service.recordsOf(image.owner, policy.principalKind)).toMatchObject([
        { action: 'ChangeImageShares', recipients: [guest, friend], added: [guest] },
      ]);
    });

    it('changes and records nothing when the list already matches', async () => {
      const { change, service } = await serviceWith(fixture, sharedWith([friend]));
      const before = await service.contentsAndRecords();
      await change({ add: [friend], remove: [guest] });

      expect(await service.contentsAndRecords()).toEqual(before);
    });

    it('does nothing in a dry run', async () => {
      const { change, service } = await serviceWith(fixture, sharedWith([friend]));
      const before = await service.contentsAndRecords();
      await change({ add: [guest], remove: [friend] }, { isDryRun: true });

      expect(await service.contentsAndRecords()).toEqual(before);
    });
  });

  describe('refusals', () => {
    it('refuses the whole call when an added recipient is unknown', async () => {
      const { refusalOf, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));

      expect(await refusalOf({ add: [guest, fixture.principalOf('nobody')], remove: [friend] })).toMatchObject({
        code: 'RecipientNotFound',
      });
      expect(await listRecipients()).toEqual([friend]);
    });

    it('refuses the 51st recipient', async () => {
      const full = principals(50, 'old');
      const { refusalOf } = await serviceWith(fixture, sharedWith(full));

      expect(await refusalOf({ add: [guest, third], remove: full.slice(0, 1) })).toMatchObject({
        code: 'ShareCapExceeded',
        details: { cap: 50, used: 50 },
      });
    });

    it.each([
      ['an addition by a recipient', { add: [guest] }, 'share.no-reshare'],
      ['a removal by a recipient', { remove: [friend] }, 'owner.cancels'],
    ])('refuses %s with NotOwner', async (_, changes, rule) => {
      const { refusalOf } = await serviceWith(fixture, sharedWith([friend]));

      expect(await refusalOf(changes, { as: 'friend' })).toMatchObject({ code: 'NotOwner', details: { rule } });
    });

    it('refuses a stranger exactly as for an image that never existed', async () => {
      const { refusalOf, at: key } = await serviceWith(fixture);
      const empty = await new InMemoryService().createAccounts('guest');
      const notFound = await empty.refusalOf(changeImageShares, { ...key, add: [friend], remove: [] }, { as: 'guest' });

      expect(refusalFields(notFound)).toMatchObject({ code: 'ImageNotFound', rule: 'received.visible' });
      expect(refusalFields(await refusalOf({ add: [friend] }, { as: 'guest' }))).toEqual(refusalFields(notFound));
    });

    it.each([
      ['no recipient', {}, 'add'],
      ['a recipient to be both added and removed', { add: [friend], remove: [friend] }, 'remove'],
    ])('refuses a call that names %s with InvalidRequest', async (_, changes, field) => {
      const { refusalOf } = await serviceWith(fixture);

      expect(await refusalOf(changes)).toMatchObject({ code: 'InvalidRequest', details: { offenders: [{ id: field }] } });
    });
  });

  describe('races', () => {
    it('decides again when the last remaining recipient is added concurrently', async () => {
      const full = principals(49, 'old');
      const { change, store, service, at: key } = await serviceWith(fixture, sharedWith(full));
      store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [third], acknowledgeRisk: true }));

      await expect(change({ add: [guest], remove: [friend] })).rejects.toMatchObject({ code: 'ShareCapExceeded' });
    });

    it('keeps a share created concurrently', async () => {
      const { change, store, service, at: key, listed: listRecipients } = await serviceWith(fixture, sharedWith([friend]));
      store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [third], acknowledgeRisk: true }));
      await change({ add: [guest], remove: [friend] });

      expect(await listRecipients()).toEqual([guest, third].sort());
    });
  });
});

describe('changeImageShares and the risk', () => {
  it('is refused under UCloud without acknowledgement only if a recipient is added', async () => {
    const fixture = fixtureOf('ucloud');
    const { refusalOf, change } = await serviceWith(fixture, sharedWith([fixture.principalOf('friend')]));

    expect(await refusalOf({ add: [fixture.principalOf('guest')], acknowledgeRisk: false })).toMatchObject({
      code: 'RiskNotAcknowledged',
    });
    expect(await change({ remove: [fixture.principalOf('friend')], acknowledgeRisk: false })).toMatchObject({ used: 0 });
  });

  it.each(['tencent', 'alibaba'])('returns the notice under %s only if a recipient is added', async (name) => {
    const { change } = await serviceWith(fixtureOf(name));

    expect(await change({ add: [fixtureOf(name).principalOf('friend')] })).toMatchObject({ notice: riskNotice });
    expect(await change({ remove: [fixtureOf(name).principalOf('friend')] })).not.toHaveProperty('notice');
  });
});
