import { getAccount } from '../../functions/get-account.ts';
import { getShareAcceptance } from '../../functions/get-share-acceptance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { shareImage } from '../../functions/share-image.ts';
import { anImageIn, fixtureOf, principals } from '../support/builders.ts';
import { type CallOptions, InMemoryService, InterruptibleStore } from '../support/in-memory-service.ts';

const aService = (store = new InterruptibleStore()) => new InMemoryService(store).createAccounts('owner', 'friend');
const trustedOnly = { from: 'trusted', blockedOwners: ['b', 'a'] };
const anyone = { from: 'anyone', blockedOwners: [] };

describe('putShareAcceptance', () => {
  describe('effects', () => {
    it('replaces who can share, without duplicates; before that, it is anyone', async () => {
      const service = await aService();
      expect(await service.call(getShareAcceptance, {})).toEqual(anyone);

      expect(await service.call(putShareAcceptance, { from: 'trusted', blockedOwners: ['b', 'a', 'b'] })).toEqual({
        ...trustedOnly,
        unknownOwners: ['b', 'a'],
      });
      expect(await service.call(getShareAcceptance, {})).toEqual(trustedOnly);
      expect(await service.call(putShareAcceptance, anyone)).toEqual({ ...anyone, unknownOwners: [] });
      expect(await service.call(getShareAcceptance, {})).toEqual(anyone);
    });

    it('accepts 100 blocked owners, whether or not they exist', async () => {
      const blocked = { from: 'anyone', blockedOwners: principals(100) };

      expect(await (await aService()).call(putShareAcceptance, blocked)).toMatchObject(blocked);
    });

    it('tells which blocked owners are no open account or, for a project, no open project', async () => {
      const service = await aService();
      const blocked = { from: 'anyone', blockedOwners: ['friend', 'org-friend', 'nobody'] };

      expect(await service.call(putShareAcceptance, blocked)).toMatchObject({ unknownOwners: ['org-friend', 'nobody'] });
      expect(await service.call(putShareAcceptance, blocked, { project: 'org-owner' })).toMatchObject({
        unknownOwners: ['friend', 'nobody'],
      });
    });

    it('changes nothing else: not the account, its trusted owners, its projects, or other accounts', async () => {
      const service = await aService();
      await service.call(putTrustedOwners, { owners: ['a'] });
      const before = await service.call(getAccount, {});
      await service.call(putShareAcceptance, trustedOnly);

      expect(await service.call(getAccount, {})).toEqual(before);
      expect(await service.call(getTrustedOwners, {})).toEqual({ owners: ['a'] });
      expect(await service.call(getShareAcceptance, {}, { project: 'org-owner' })).toEqual(anyone);
      expect(await service.call(getShareAcceptance, {}, { as: 'friend' })).toEqual(anyone);
    });

    it('sets that of a project, for an account that specifies it and for a token that is limited to it', async () => {
      const service = await aService();
      await service.call(putShareAcceptance, trustedOnly, { project: 'org-owner' });
      const asProject = { tokenProject: 'org-owner' };

      expect(await service.call(getShareAcceptance, {})).toEqual(anyone);
      expect(await service.call(getShareAcceptance, {}, asProject)).toEqual(trustedOnly);
      await service.call(putShareAcceptance, anyone, asProject);
      expect(await service.call(getShareAcceptance, {}, { project: 'org-owner' })).toEqual(anyone);
    });

    it('returns the first response again for a repeated key', async () => {
      const service = await aService();
      await service.call(putShareAcceptance, trustedOnly, { key: 'k' });
      await service.call(putShareAcceptance, anyone);

      expect(await service.call(putShareAcceptance, trustedOnly, { key: 'k' })).toMatchObject(trustedOnly);
      expect(await service.call(getShareAcceptance, {})).toEqual(anyone);
    });
  });

  describe('refusals', () => {
    it('refuses unknown and closed accounts and projects, and projects of others', async () => {
      const service = await aService();
      await service.close('friend');
      const expectRefusal = async (code: string, options: CallOptions) =>
        expect(await service.refusalOf(putShareAcceptance, anyone, options)).toMatchObject({ code });

      await expectRefusal('AccountNotFound', { as: 'nobody' });
      await expectRefusal('Forbidden', { as: 'friend' });
      await expectRefusal('ProjectNotFound', { project: 'org-nobody' });
      await expectRefusal('ProjectNotFound', { project: 'org-friend' });
      await expectRefusal('Forbidden', { tokenProject: 'org-owner', project: 'org-friend' });
    });
  });

  describe('races', () => {
    it('is refused when the account is closed concurrently', async () => {
      const store = new InterruptibleStore();
      const service = await aService(store);
      store.beforeNextCommit(() => service.close('owner'));

      await expect(service.call(putShareAcceptance, trustedOnly)).rejects.toMatchObject({ code: 'Forbidden' });
    });

    it('refuses every share that starts after it, but not one that was decided before', async () => {
      const fixture = fixtureOf('tencent');
      const [image, later] = [anImageIn(fixture), anImageIn(fixture, { imageId: 'img-later' as never })];
      const store = new InterruptibleStore();
      const service = await (await aService(store)).putImages(image, later);
      const request = { region: fixture.region, recipients: ['friend'] };
      store.beforeNextCommit(() =>
        service.call(putShareAcceptance, { from: 'anyone', blockedOwners: [image.owner] }, { as: 'friend' }),
      );

      expect(await service.call(shareImage, { ...request, imageId: image.imageId })).toMatchObject({ added: ['friend'] });
      expect(await service.refusalOf(shareImage, { ...request, imageId: later.imageId })).toMatchObject({
        code: 'RecipientDoesNotAccept',
      });
    });
  });
});
