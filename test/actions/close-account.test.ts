import { closeAccount } from '../../functions/close-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import {
  anImageIn,
  anInstanceIn,
  aPublicImageIn,
  fixtureOf,
  imageId,
  instanceId,
  principal,
  principals,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const acme = { accountId: 'acme' };
const serviceWithAcme = async (store = new InterruptibleStore()) => {
  const service = await new InMemoryService(store).createAccounts('owner');
  await service.call(putAccount, { ...acme, name: 'Acme' }, operator);
  return service;
};
const fixture = fixtureOf('tencent');

describe('closeAccount', () => {
  describe('effects', () => {
    it('closes an account that owns nothing', async () => {
      const service = await serviceWithAcme();

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
      expect((await service.store.read({ accounts: [principal('acme')] })).accounts.get(principal('acme'))?.state).toBe('closed');
    });

    it('changes nothing when the account is already closed', async () => {
      const service = await serviceWithAcme();
      await service.call(closeAccount, acme, operator);
      const before = await service.contents();

      await service.call(closeAccount, acme, operator);
      expect(await service.contents()).toEqual(before);
    });

    it('prevents the id from being reopened', async () => {
      const service = await serviceWithAcme();
      await service.call(closeAccount, acme, operator);

      expect(await service.refusalOf(putAccount, { ...acme, name: 'Acme' }, operator)).toMatchObject({
        code: 'AccountClosed',
        details: { rule: 'account.close' },
      });
    });

    it('prevents sharing with it', async () => {
      const service = await (await serviceWithAcme()).putImages(anImageIn(fixture));
      await service.call(closeAccount, acme, operator);
      const { region, imageId: id } = anImageIn(fixture);

      expect(await service.refusalOf(shareImage, { region, imageId: id, recipients: ['acme'] })).toMatchObject({
        code: 'RecipientNotFound',
      });
    });

    it('deletes the address book, however long it is, but not in a dry run', async () => {
      const service = await serviceWithAcme();
      for (const principalId of principals(101)) {
        await service.call(putAddressBookEntry, { principalId, name: 'Any' }, { as: 'acme' });
      }
      const entries = async () => (await service.contents()).filter(({ of }) => of === 'address-book-entry').length;
      await service.call(closeAccount, acme, { ...operator, isDryRun: true });
      expect(await entries()).toBe(101);

      await service.call(closeAccount, acme, operator);
      expect(await entries()).toBe(0);
    });

    it('ignores images shared with the account', async () => {
      const service = await (await serviceWithAcme()).putImages(
        anImageIn(fixture, { recipients: sharedWith([principal('acme')]) }),
      );

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
    });
  });

  describe('refusals', () => {
    it.each(['tencent', 'alibaba'])('refuses an account with images under %s, and lists them', async (name) => {
      const service = await serviceWithAcme();
      const { region } = fixtureOf(name);
      await service.putImages(anImageIn(fixtureOf(name), { owner: principal('acme'), imageId: imageId('mine') }));

      expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'mine', reason: `image in ${region}` }] },
      });
    });

    it('refuses an account with open projects, and lists them', async () => {
      const service = await new InMemoryService().createAccounts('acme');

      expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ id: 'org-acme', reason: 'open project' }] },
      });
    });

    it.each(['tencent', 'alibaba'])(
      'refuses an account with instances under %s, and lists them after its images',
      async (name) => {
        const service = await serviceWithAcme();
        const fixture = fixtureOf(name);
        await service.putImages(anImageIn(fixture, { owner: principal('acme'), imageId: imageId('mine') }));
        await service.putInstances(anInstanceIn(fixture, { principal: principal('acme'), instanceId: instanceId('ins-mine') }));

        expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
          code: 'AccountInUse',
          details: {
            rule: 'account.close',
            offenders: [
              { id: 'mine', reason: `image in ${fixture.region}` },
              { id: 'ins-mine', reason: `instance in ${fixture.region}` },
            ],
          },
        });
      },
    );

    it('refuses an account with instances until they are terminated', async () => {
      const service = await serviceWithAcme();
      const instance = anInstanceIn(fixture, { principal: principal('acme') });
      await service.putInstances(instance);
      await service.refusalOf(closeAccount, acme, operator);
      await service.call(terminateInstance, { region: fixture.region, instanceId: instance.instanceId }, { as: 'acme' });

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
    });

    it('refuses an unknown account with AccountNotFound', async () => {
      expect(await new InMemoryService().refusalOf(closeAccount, acme, operator)).toMatchObject({ code: 'AccountNotFound' });
    });
  });

  describe('races', () => {
    it('refuses an account that launches an instance concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await serviceWithAcme(store);
      const publicImage = aPublicImageIn(fixture);
      await service.putPublicImages(publicImage);
      store.beforeNextCommit(() =>
        service.call(runInstance, { region: fixture.region, imageId: publicImage.imageId }, { as: 'acme' }),
      );

      await expect(service.call(closeAccount, acme, operator)).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `instance in ${fixture.region}` }] },
      });
    });

    it('refuses an account that imports an image concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await serviceWithAcme(store);
      store.beforeNextCommit(() => service.call(importImage, { region: fixture.region, name: 'x', sizeGiB: 1 }, { as: 'acme' }));

      await expect(service.call(closeAccount, acme, operator)).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `image in ${fixture.region}` }] },
      });
    });
  });
});
