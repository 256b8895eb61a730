import type { HolderId } from '../../lib/model/ids.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import { accountItem, projectItem, recordItem, shareItem } from '../../lib/store/items.ts';
import { relay } from '../../lib/store/relay.ts';
import { anImageIn, aShare, heldBy, holder, noon, places } from '../support/builders.ts';
import { TestWorld } from '../support/world.ts';

describe.each(places)('relay under $name', (place) => {
  const { holderKind } = place.policy;
  const [owner, friend, guest] = [place.holderOf('owner'), place.holderOf('friend'), place.holderOf('guest')];
  const image = anImageIn(place, { recipients: heldBy([friend, guest]) });
  const theWorld = async () => (await new TestWorld().know('owner')).put(image);
  const closedItem = (id: HolderId) =>
    holderKind === 'account'
      ? accountItem({ accountId: id, name: 'f', state: 'closed', createdAt: noon, openProjects: 0 })
      : projectItem({ projectId: id, account: holder('friend'), name: 'f', state: 'closed', createdAt: noon });
  const record: ChangeRecord = {
    id: 'record-9',
    at: noon,
    actor: 'owner',
    from: '192.0.2.1',
    action: 'ShareImage',
    region: image.region,
    imageId: image.imageId,
    recipients: [friend, guest],
    requestId: 'request-1',
    holder: owner,
    holderKind,
  };

  it("gives each recipient its copy of the owner's record", async () => {
    const world = await theWorld();
    await relay(recordItem(record), world.sweeping());

    const [copy] = await world.recordsOf(friend, holderKind);
    expect(copy).toMatchObject({ action: 'ShareImage', recipients: [friend] });
    expect(copy).not.toHaveProperty('from');
  });

  it('gives no copy of a copy', async () => {
    const world = await theWorld();
    await relay(recordItem({ ...record, holder: friend, recipients: [friend] }), world.sweeping());

    expect(await world.recordsOf(friend, holderKind)).toEqual([]);
  });

  it('changes nothing when a record comes twice', async () => {
    const world = await theWorld();
    await relay(recordItem(record), world.sweeping());
    await relay(recordItem(record), world.sweeping());

    expect(await world.recordsOf(friend, holderKind)).toHaveLength(1);
  });

  it('takes a holder that was closed from every image that it received, once', async () => {
    const world = await theWorld();
    await relay(closedItem(friend), world.sweeping());
    await relay(closedItem(friend), world.sweeping());

    expect((await world.store.image(image))?.recipients).toEqual({ [guest]: 0 });
    expect((await world.store.sharesOf(image)).map(({ recipient }) => recipient)).toEqual([guest]);
    expect(await world.recordsOf(owner, holderKind)).toMatchObject([{ action: 'CancelImageShares', actor: 'service' }]);
  });

  it('leaves what an open holder received', async () => {
    const world = await theWorld();
    await relay({ ...closedItem(friend), state: 'open' }, world.sweeping());

    expect(await world.store.image(image)).toEqual(image);
  });

  it('does nothing for anything else that was written', async () => {
    const world = await theWorld();
    const before = await world.contents();
    await relay(shareItem(aShare()), world.sweeping());

    expect(await world.contents()).toEqual(before);
  });
});
