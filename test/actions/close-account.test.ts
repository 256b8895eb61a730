import { closeAccount } from '../../functions/close-account.ts';
import { importImage } from '../../functions/import-image.ts';
import { putAccount } from '../../functions/put-account.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { anImageIn, anInstanceIn, aPublicImageIn, heldBy, imageId, instanceId, placeOf, principal } from '../support/builders.ts';
import { InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

const operator = { as: 'operator', scopes: ['operator'] } as const;
const acme = { accountId: 'acme' };
const opened = async (store = new InterruptedStore()) => {
  const service = await new InMemoryService(store).know('owner');
  await service.call(putAccount, { ...acme, name: 'Acme' }, operator);
  return service;
};
const place = placeOf('tencent');

describe('closeAccount', () => {
  describe('effects', () => {
    it('closes an account that owns nothing', async () => {
      const service = await opened();

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
      expect((await service.store.read({ accounts: [principal('acme')] })).accounts.get(principal('acme'))?.state).toBe('closed');
    });

    it('changes nothing when the account is already closed', async () => {
      const service = await opened();
      await service.call(closeAccount, acme, operator);
      const before = await service.contents();

      await service.call(closeAccount, acme, operator);
      expect(await service.contents()).toEqual(before);
    });

    it('prevents the id from being reopened', async () => {
      const service = await opened();
      await service.call(closeAccount, acme, operator);

      expect(await service.refusalOf(putAccount, { ...acme, name: 'Acme' }, operator)).toMatchObject({
        code: 'AccountClosed',
        details: { rule: 'account.close' },
      });
    });

    it('prevents sharing with it', async () => {
      const service = await (await opened()).put(anImageIn(place));
      await service.call(closeAccount, acme, operator);
      const { region, imageId: id } = anImageIn(place);

      expect(await service.refusalOf(shareImage, { region, imageId: id, recipients: ['acme'] })).toMatchObject({
        code: 'RecipientNotFound',
      });
    });

    it('ignores images shared with the account', async () => {
      const service = await (await opened()).put(anImageIn(place, { recipients: heldBy([principal('acme')]) }));

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
    });
  });

  describe('refusals', () => {
    it.each(['tencent', 'alibaba'])('refuses an account with images under %s, and lists them', async (name) => {
      const service = await opened();
      const { region } = placeOf(name);
      await service.put(anImageIn(placeOf(name), { owner: principal('acme'), imageId: imageId('mine') }));

      expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { rule: 'account.close', offenders: [{ id: 'mine', reason: `image in ${region}` }] },
      });
    });

    it('refuses an account with open projects, and lists them', async () => {
      const service = await new InMemoryService().know('acme');

      expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ id: 'org-acme', reason: 'open project' }] },
      });
    });

    it.each(['tencent', 'alibaba'])(
      'refuses an account with instances under %s, and lists them after its images',
      async (name) => {
        const service = await opened();
        const at = placeOf(name);
        await service.put(anImageIn(at, { owner: principal('acme'), imageId: imageId('mine') }));
        await service.run(anInstanceIn(at, { principal: principal('acme'), instanceId: instanceId('ins-mine') }));

        expect(await service.refusalOf(closeAccount, acme, operator)).toMatchObject({
          code: 'AccountInUse',
          details: {
            rule: 'account.close',
            offenders: [
              { id: 'mine', reason: `image in ${at.region}` },
              { id: 'ins-mine', reason: `instance in ${at.region}` },
            ],
          },
        });
      },
    );

    it('refuses an account with instances until they are terminated', async () => {
      const service = await opened();
      const instance = anInstanceIn(place, { principal: principal('acme') });
      await service.run(instance);
      await service.refusalOf(closeAccount, acme, operator);
      await service.call(terminateInstance, { region: place.region, instanceId: instance.instanceId }, { as: 'acme' });

      expect(await service.call(closeAccount, acme, operator)).toBeNull();
    });

    it('refuses an unknown account with AccountNotFound', async () => {
      expect(await new InMemoryService().refusalOf(closeAccount, acme, operator)).toMatchObject({ code: 'AccountNotFound' });
    });
  });

  describe('races', () => {
    it('refuses an account that launches an instance concurrently', async () => {
      const store = new InterruptedStore();
      const service = await opened(store);
      const open = aPublicImageIn(place);
      await service.provide(open);
      store.beforeNextCommit(() => service.call(runInstance, { region: place.region, imageId: open.imageId }, { as: 'acme' }));

      await expect(service.call(closeAccount, acme, operator)).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `instance in ${place.region}` }] },
      });
    });

    it('refuses an account that imports an image concurrently', async () => {
      const store = new InterruptedStore();
      const service = await opened(store);
      store.beforeNextCommit(() => service.call(importImage, { region: place.region, name: 'x', sizeGiB: 1 }, { as: 'acme' }));

      await expect(service.call(closeAccount, acme, operator)).rejects.toMatchObject({
        code: 'AccountInUse',
        details: { offenders: [{ reason: `image in ${place.region}` }] },
      });
    });
  });
});
