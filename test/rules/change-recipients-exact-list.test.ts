import { listImageShares } from '../../functions/list-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { change, loadWanted } from '../../lib/app/change.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { planRecipients } from '../../lib/rules/change-recipients.ts';
import { anImageIn, aStamp, factsAbout, noonSeconds, policyFixtures, principals, sharedWith } from '../support/builders.ts';
import { InMemoryService, InterruptibleStore, noWaitBudget } from '../support/in-memory-service.ts';

describe.each(policyFixtures)('planRecipients with the exact list under $name', (fixture) => {
  const image = anImageIn(fixture);
  const key = { region: image.region, imageId: image.imageId };
  const guest = fixture.principalOf('guest');
  const serviceWith = async (recipients: readonly PrincipalId[], store = new InterruptibleStore()) =>
    (await new InMemoryService(store).createAccounts('owner', 'guest')).putImages({
      ...image,
      recipients: sharedWith(recipients),
    });
  const setList = (service: InMemoryService, list: readonly PrincipalId[]) =>
    change({
      store: service.store,
      budget: noWaitBudget(),
      load: loadWanted(service.store, { images: [image] }),
      decide: (facts) => {
        const stamp = aStamp({ at: service.now(), recordId: service.newRecordId(service.now()) });
        const { steps, live } = planRecipients({ add: list, remove: 'others' }, factsAbout(facts.image ?? image, { stamp }));
        return { steps, result: live };
      },
    });
  const listRecipients = async (service: InMemoryService) =>
    (await service.call(listImageShares, key)).shares.map(({ recipient }) => recipient);
  const [h01, h02, h03] = principals(3) as [PrincipalId, PrincipalId, PrincipalId];

  it('adds missing recipients, removes the others, and keeps the rest, in one record', async () => {
    const service = await serviceWith([h01, h02]);
    await setList(service, [h02, h03]);

    expect((await listRecipients(service)).sort()).toEqual([h02, h03]);
    expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toHaveLength(1);
  });

  it('replaces 50 recipients with 50 others', async () => {
    const service = await serviceWith(principals(50, 'old'));
    await setList(service, principals(50));

    expect((await listRecipients(service)).sort()).toEqual(principals(50));
  });

  it('stops every share for an empty list', async () => {
    const service = await serviceWith([h01, h02]);
    await setList(service, []);

    expect(await listRecipients(service)).toEqual([]);
  });

  it('keeps the end time of an existing share unless the call has one', async () => {
    const end = noonSeconds + 60;
    const facts = factsAbout({ ...image, recipients: { [h01]: end } });
    const outcome = (endsAt?: number) => {
      const { live, added, rescheduled } = planRecipients({ add: [h01, h02], remove: 'others', endsAt }, facts);
      return { live, added, rescheduled };
    };

    expect(outcome()).toEqual({ live: { [h01]: end, [h02]: 0 }, added: [h02], rescheduled: [] });
    expect(outcome(end + 9)).toEqual({ live: { [h01]: end + 9, [h02]: end + 9 }, added: [h02], rescheduled: [h01] });
  });

  it('records added recipients separately from removed ones', async () => {
    const service = await serviceWith([h01, h02]);
    await setList(service, [h02, h03]);

    expect(await service.recordsOf(image.owner, fixture.policy.principalKind)).toMatchObject([
      { recipients: [h03, h01], added: [h03] },
    ]);
  });

  it('also removes a recipient that was added in between', async () => {
    const store = new InterruptibleStore();
    const service = await serviceWith([h01], store);
    store.beforeNextCommit(() => service.call(shareImage, { ...key, recipients: [guest], acknowledgeRisk: true }));
    await setList(service, [h02]);

    expect(await listRecipients(service)).toEqual([h02]);
  });

  it('writes nothing when one recipient is refused', async () => {
    const service = await serviceWith([h01]);
    const before = await service.contentsAndRecords();

    await expect(setList(service, [h02, image.owner])).rejects.toMatchObject({ code: 'RecipientIsOwner' });
    expect(await service.contentsAndRecords()).toEqual(before);
  });
});
