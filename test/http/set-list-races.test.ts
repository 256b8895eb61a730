import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { type Answer, anImageOf, inBatches, type Member, places, share, tally } from '../support/client.ts';

const cap = 50;
const sharersCount = 20;

let owner: Member;
let former: Member[];
let latter: Member[];
let sharers: Member[];

beforeAll(async () => {
  const all = await freshMembers(1 + 2 * cap + sharersCount);
  owner = all[0] as Member;
  former = all.slice(1, 1 + cap);
  latter = all.slice(1 + cap, 1 + 2 * cap);
  sharers = all.slice(1 + 2 * cap);
});

/** A call in a race, with the logical times at which it was sent and its response arrived. */
interface Timed {
  readonly sent: number;
  readonly answered: number;
  readonly answer: Answer;
}

/** Returns a function that makes a call and numbers its sending and its response in order. */
function orderOfCalls() {
  let moment = 0;
  const next = (): number => {
    moment += 1;
    return moment;
  };
  return async (call: () => Promise<Answer>): Promise<Timed> => {
    const sent = next();
    const answer = await call();
    return { sent, answered: next(), answer };
  };
}

const ofSet = ({ body }: Answer) => body as { added: string[]; removed: string[] };

describe.each(places)('the exact list of recipients in $name', ({ region, policy }) => {
  const idsOf = (members: readonly Member[]): string[] => members.map((member) => member.principalIn(policy));
  const set = (imageId: string, recipients: readonly string[]) =>
    owner.try(setImageShares, { region, imageId, recipients, acknowledgeRisk: true });
  const heldBy = async (imageId: string): Promise<string[]> => {
    const { used, shares } = await owner.ok(listImageShares, { region, imageId });
    expect(used).toBe(shares.length);
    return shares.map(({ recipient }) => recipient as string);
  };

  it('replaces another list of 50 in one call', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(former));

    const answer = await set(imageId, idsOf(latter));

    const outs = await Promise.all(former.map((member) => member.try(getImage, { region, imageId })));
    const ins = await Promise.all(latter.slice(0, 10).map((member) => member.try(getImage, { region, imageId })));
    expect(answer).toMatchObject({ status: 200, body: { used: 50, remaining: 0 } });
    expect(ofSet(answer).added.toSorted()).toEqual(idsOf(latter).toSorted());
    expect(ofSet(answer).removed.toSorted()).toEqual(idsOf(former).toSorted());
    expect(tally(outs)).toEqual({ '404 ImageNotFound': 50 });
    expect(tally(ins)).toEqual({ 200: 10 });
    expect((await heldBy(imageId)).toSorted()).toEqual(idsOf(latter).toSorted());
    await inBatches([former[0], former[49], latter[0], latter[9]] as Member[], async (member) => {
      const { images } = await member.ok(listImages, { region, limit: 100 });
      expect(images.some((image) => image.imageId === imageId)).toBe(latter.includes(member));
    });
  });

  it('can be emptied, and a repeat changes nothing', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(former).slice(0, 3));

    expect(ofSet(await set(imageId, [])).removed.toSorted()).toEqual(idsOf(former).slice(0, 3).toSorted());
    expect(await set(imageId, [])).toMatchObject({ status: 200, body: { used: 0, added: [], removed: [] } });
    expect(await heldBy(imageId)).toEqual([]);
  });

  it('is one of two that are set concurrently', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(sharers));

    const answers = await Promise.all([set(imageId, idsOf(former)), set(imageId, idsOf(latter))]);

    expect(tally(answers)).toEqual({ 200: 2 });
    const [removedByFirst, removedBySecond] = answers.map((answer) => ofSet(answer).removed.toSorted());
    const lists = [idsOf(former).toSorted(), idsOf(latter).toSorted()];
    const isFirstLast = removedBySecond?.length === sharersCount;
    expect([removedByFirst, removedBySecond]).toEqual(
      isFirstLast ? [lists[1], idsOf(sharers).toSorted()] : [idsOf(sharers).toSorted(), lists[0]],
    );
    expect((await heldBy(imageId)).toSorted()).toEqual(isFirstLast ? lists[0] : lists[1]);
  });

  /**
   * Sets the list during 20 shares with one recipient each: after `sent` shares were sent or `answered` responses arrived. The
   * last `after` shares wait for its response.
   */
  const race = async (
    imageId: string,
    recipients: readonly string[],
    { sent, answered, after = 0 }: { sent?: number | undefined; answered?: number | undefined; after?: number | undefined },
  ) => {
    const timed = orderOfCalls();
    const start = Promise.withResolvers<void>();
    let answers = 0;
    const setting = start.promise.then(() => timed(() => set(imageId, recipients)));
    const sharing = idsOf(sharers).map(async (recipient, at) => {
      if (at === sent) {
        start.resolve();
      }
      if (at >= sharersCount - after) {
        await setting;
      }
      const share = await timed(() => owner.try(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true }));
      answers += 1;
      if (answers === answered) {
        start.resolve();
      }
      return { recipient, ...share };
    });
    return { setting: await setting, shares: await Promise.all(sharing) };
  };

  it.each([
    { before: 50, stated: 50, when: 'after 10', sent: 10 },
    { before: 45, stated: 45, when: 'before any', sent: 0 },
    { before: 42, stated: 45, when: 'after five responses and before the last four', answered: 5, after: 4 },
  ])('of $stated replacing $before, set $when of 20 shares, is consistent with some order of the calls', async (given) => {
    const { before, stated, ...when } = given;
    const { imageId } = await anImageOf(owner, region);
    const [old, wanted] = [idsOf(former).slice(0, before), idsOf(latter).slice(0, stated)];
    await share(owner, { region, imageId }, old);

    const { setting, shares } = await race(imageId, wanted, when);

    expect(setting.answer.status).toBe(200);
    const letIn = shares.filter(({ answer }) => answer.status === 200);
    expect(tally(shares.map(({ answer }) => answer))).toEqual({
      ...(letIn.length > 0 && { 200: letIn.length }),
      ...(letIn.length < sharersCount && { '409 ShareCapExceeded': sharersCount - letIn.length }),
    });

    const final = await heldBy(imageId);
    expect(final.length).toBeLessThanOrEqual(cap);
    const staying = letIn.filter(({ recipient }) => final.includes(recipient));
    const leaving = letIn.filter(({ recipient }) => !final.includes(recipient));
    const names = (some: readonly { recipient: string }[]) => some.map(({ recipient }) => recipient);
    // The list and the recipients added after it, and nobody else. Recipients added before it are reported as removed.
    expect(final.toSorted()).toEqual([...wanted, ...names(staying)].toSorted());
    expect(ofSet(setting.answer).added.toSorted()).toEqual(wanted.toSorted());
    expect(ofSet(setting.answer).removed.toSorted()).toEqual([...old, ...names(leaving)].toSorted());
    // At no time was there room for more.
    expect(leaving.length).toBeLessThanOrEqual(cap - before);
    expect(staying.length).toBeLessThanOrEqual(cap - stated);
    // Shares answered before the list was sent precede it, and shares sent after its response follow it.
    expect(staying.filter(({ answered }) => answered < setting.sent)).toEqual([]);
    expect(leaving.filter(({ sent }) => sent > setting.answered)).toEqual([]);
    // A share was refused only if the list was full, before or after the list was set.
    const [wasFull, isFull] = [leaving.length === cap - before, staying.length === cap - stated];
    const left = shares.filter(({ answer }) => answer.status !== 200);
    expect(
      left.filter(({ sent, answered }) => !(wasFull && sent < setting.answered) && !(isFull && answered > setting.sent)),
    ).toEqual([]);
  });
});
