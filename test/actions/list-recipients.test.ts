import { listRecipients } from '../../functions/list-recipients.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import {
  anImageIn,
  fixtureOf,
  imageId,
  noonSeconds,
  policyFixtures,
  principals,
  secondsFromNoon,
  sharedWith,
} from '../support/builders.ts';
import { InMemoryService } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('listRecipients under $name', (fixture) => {
  const { region, otherRegion } = fixture;
  const [friend, guest] = [fixture.principalOf('friend'), fixture.principalOf('guest')];
  const aService = async () =>
    (await new InMemoryService().createAccounts('owner', 'friend')).putImages(
      anImageIn(fixture, { recipients: { [friend]: noonSeconds + 20, [guest]: 0 } }),
      anImageIn(fixture, { imageId: imageId('img-2'), recipients: { [friend]: noonSeconds + 10 } }),
      anImageIn(fixture, { region: otherRegion, imageId: imageId('img-3'), recipients: sharedWith([friend]) }),
      anImageIn(fixture, { imageId: imageId('img-4'), owner: friend, recipients: sharedWith([guest]) }),
    );
  const at = (seconds: number) => secondsFromNoon(seconds).toISOString();
  const regions = [region, otherRegion].sort();

  it('returns how many images each recipient has, where, and when the next share expires', async () => {
    expect(await (await aService()).call(listRecipients, {})).toEqual({
      recipients: [
        { recipient: friend, shareCount: 3, regions, nextExpiresAt: at(10) },
        { recipient: guest, shareCount: 1, regions: [region] },
      ],
    });
  });

  it('covers one region on request', async () => {
    expect(await (await aService()).call(listRecipients, { region: otherRegion })).toEqual({
      recipients: [{ recipient: friend, shareCount: 1, regions: [otherRegion] }],
    });
  });

  it('does not count expired shares', async () => {
    const service = await aService();
    service.passSeconds(10);

    expect((await service.call(listRecipients, { region })).recipients[0]).toEqual({
      recipient: friend,
      shareCount: 1,
      regions: [region],
      nextExpiresAt: at(20),
    });
  });

  it('filters by a part of the ID and by expiration', async () => {
    const service = await aService();
    const found = async (filter: Record<string, string>) =>
      (await service.call(listRecipients, filter)).recipients.map(({ recipient }) => recipient);

    expect(await found({ search: 'UES' })).toEqual([guest]);
    expect(await found({ expiringBefore: at(10) })).toEqual([]);
    expect(await found({ expiringBefore: at(11) })).toEqual([friend]);
    expect(await found({ expiringBefore: at(11), search: 'guest' })).toEqual([]);
  });

  it("finds names and notes of the account's address book", async () => {
    const service = await aService();
    const found = async (search: string) =>
      (await service.call(listRecipients, { search })).recipients.map(({ recipient }) => recipient);
    await service.call(putAddressBookEntry, { principalId: guest, name: 'Data Team', note: 'Berlin' });
    await service.call(putAddressBookEntry, { principalId: friend, name: 'Web Team' });

    expect(await found('data t')).toEqual([guest]);
    expect(await found('BERLIN')).toEqual([guest]);
    expect(await found('team')).toEqual([friend, guest]);
  });
});

describe('listRecipients', () => {
  const fixture = fixtureOf('tencent');

  it('does not search the address book of the account for a call that is limited to a project', async () => {
    const projects = fixtureOf('ucloud');
    const guest = projects.principalOf('guest');
    const service = await (await new InMemoryService().createAccounts('owner')).putImages(
      anImageIn(projects, { recipients: sharedWith([guest]) }),
    );
    await service.call(putAddressBookEntry, { principalId: guest, name: 'Data Team' });
    const found = async (search: string, options = {}) =>
      (await service.call(listRecipients, { search }, options)).recipients.map(({ recipient }) => recipient);
    const limited = { tokenProject: 'org-owner' };

    expect(await found('data')).toEqual([guest]);
    expect(await found('data', limited)).toEqual([]);
    expect(await found('UEST', limited)).toEqual([guest]);
  });

  it('continues after the last recipient of a page, even if that one is gone', async () => {
    const service = await (await new InMemoryService().createAccounts('owner')).putImages(
      anImageIn(fixture, { recipients: { ...sharedWith(principals(5)), [principals(2)[1] as string]: noonSeconds + 10 } }),
    );
    const first = await service.call(listRecipients, { limit: '2' });
    service.passSeconds(10);
    const second = await service.call(listRecipients, { limit: '2', cursor: first.nextCursor });
    const third = await service.call(listRecipients, { limit: '2', cursor: second.nextCursor });

    expect([first, second, third].map(({ recipients }) => recipients.map(({ recipient }) => recipient))).toEqual([
      ['h01', 'h02'],
      ['h03', 'h04'],
      ['h05'],
    ]);
    expect(third.nextCursor).toBeUndefined();
    expect(await service.refusalOf(listRecipients, { search: 'h', cursor: first.nextCursor })).toMatchObject({
      code: 'InvalidRequest',
    });
  });
});
