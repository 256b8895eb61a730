import { listImageShares } from '../../functions/list-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { change, loadWanted } from '../../lib/app/change.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { planRecipients } from '../../lib/rules/change-recipients.ts';
import { anImageIn, aStamp, factsAbout, heldBy, noonSeconds, places, principals } from '../support/builders.ts';
import { eager, InMemoryService, InterruptedStore } from '../support/in-memory-service.ts';

describe.each(places)('planRecipients with the exact list under $name', (place) => {
  const image = anImageIn(place);
  const at = { region: image.region, imageId: image.imageId };
  const guest = place.principalOf('guest');
  const aService = async (held: readonly PrincipalId[], store = new InterruptedStore()) =>
    (await new InMemoryService(store).know('owner', 'guest')).put({ ...image, recipients: heldBy(held) });
  const setList = (service: InMemoryService, list: readonly PrincipalId[]) =>
    change({
      store: service.store,
      budget: eager(),
      load: loadWanted(service.store, { images: [image] }),
      decide: (facts) => {
        const stamp = aStamp({ at: service.now(), recordId: service.newRecordId(service.now()) });
        const { steps, live } = planRecipients({ add: list, remove: 'others' }, factsAbout(facts.image ?? image, { stamp }));
        return { steps, result: live };
      },
    });
  const listed = async (service: InMemoryService) =>
    (await service.call(listImageShares, at)).shares.map(({ recipient }) => recipient);
  const [h01, h02, h03] = principals(3) as [PrincipalId, PrincipalId, PrincipalId];

  it('adds missing recipients, removes the others, and keeps the rest, in one record', async () => {
    const service = await aService([h01, h02]);
    await setList(service, [h02, h03]);

    expect((await listed(service)).sort()).toEqual([h02, h03]);
    expect(await service.recordsOf(image.owner, place.policy.principalKind)).toHaveLength(1);
  });

  it('replaces 50 recipients with 50 others', async () => {
    const service = await aService(principals(50, 'old'));
    await setList(service, principals(50));

    expect((await listed(service)).sort()).toEqual(principals(50));
  });

  it('stops every share for an empty list', async () => {
    const service = await aService([h01, h02]);
    await setList(service, []);

    expect(await listed(service)).toEqual([]);
  });

  it('keeps the end time of an existing share', async () => {
    const end = noonSeconds + 60;
    const { live, added } = planRecipients(
      { add: [h01, h02], remove: 'others', endsAt: noonSeconds + 3_600 },
      factsAbout({ ...image, recipients: { [h01]: end } }),
    );

    expect({ live, added }).toEqual({ live: { [h01]: end, [h02]: noonSeconds + 3_600 }, added: [h02] });
  });

  it('records added recipients separately from removed ones', async () => {
    const service = await aService([h01, h02]);
    await setList(service, [h02, h03]);

    expect(await service.recordsOf(image.owner, place.policy.principalKind)).toMatchObject([
      { recipients: [h03, h01], added: [h03] },
    ]);
  });

  it('also removes a recipient that was added in between', async () => {
    const store = new InterruptedStore();
    const service = await aService([h01], store);
    store.beforeNextCommit(() => service.call(shareImage, { ...at, recipients: [guest], acknowledgeRisk: true }));
    await setList(service, [h02]);

    expect(await listed(service)).toEqual([h02]);
  });

  it('writes nothing when one recipient is refused', async () => {
    const service = await aService([h01]);
    const before = await service.contentsAndRecords();

    await expect(setList(service, [h02, image.owner])).rejects.toMatchObject({ code: 'RecipientIsOwner' });
    expect(await service.contentsAndRecords()).toEqual(before);
  });
});
