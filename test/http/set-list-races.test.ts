import { getImage } from '../../functions/get-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { freshMembers } from '../support/api.ts';
import { type ApiResponse, anImageOf, inBatches, type Member, share, tally, testRegions } from '../support/client.ts';

const cap = 50;
const sharersCount = 20;

let owner: Member;
let oldMembers: Member[];
let newMembers: Member[];
let sharers: Member[];

beforeAll(async () => {
  const all = await freshMembers(1 + 2 * cap + sharersCount);
  owner = all[0] as Member;
  oldMembers = all.slice(1, 1 + cap);
  newMembers = all.slice(1 + cap, 1 + 2 * cap);
  sharers = all.slice(1 + 2 * cap);
});

/** A call in a race, with the logical times at which it was sent and its response arrived. */
interface TimedCall {
  readonly sentAt: number;
  readonly respondedAt: number;
  readonly response: ApiResponse;
}

/** Returns a function that makes a call and numbers its sending and its response in order. */
function createCallTimer() {
  let time = 0;
  const next = (): number => {
    time += 1;
    return time;
  };
  return async (call: () => Promise<ApiResponse>): Promise<TimedCall> => {
    const sentAt = next();
    const response = await call();
    return { sentAt, respondedAt: next(), response };
  };
}

const changesIn = ({ body }: ApiResponse) => body as { added: string[]; removed: string[] };

describe.each(testRegions)('the exact list of recipients in $name', ({ region, policy }) => {
  const idsOf = (members: readonly Member[]): string[] => members.map((member) => member.principalIn(policy));
  const set = (imageId: string, recipients: readonly string[]) =>
    owner.try(setImageShares, { region, imageId, recipients, acknowledgeRisk: true });
  const recipientsOf = async (imageId: string): Promise<string[]> => {
    const { used, shares } = await owner.ok(listImageShares, { region, imageId });
    expect(used).toBe(shares.length);
    return shares.map(({ recipient }) => recipient as string);
  };

  it('replaces another list of 50 in one call', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(oldMembers));

    const response = await set(imageId, idsOf(newMembers));

    const removedReads = await Promise.all(oldMembers.map((member) => member.try(getImage, { region, imageId })));
    const addedReads = await Promise.all(newMembers.slice(0, 10).map((member) => member.try(getImage, { region, imageId })));
    expect(response).toMatchObject({ status: 200, body: { used: 50, remaining: 0 } });
    expect(changesIn(response).added.toSorted()).toEqual(idsOf(newMembers).toSorted());
    expect(changesIn(response).removed.toSorted()).toEqual(idsOf(oldMembers).toSorted());
    expect(tally(removedReads)).toEqual({ '404 ImageNotFound': 50 });
    expect(tally(addedReads)).toEqual({ 200: 10 });
    expect((await recipientsOf(imageId)).toSorted()).toEqual(idsOf(newMembers).toSorted());
    await inBatches([oldMembers[0], oldMembers[49], newMembers[0], newMembers[9]] as Member[], async (member) => {
      const { images } = await member.ok(listImages, { region, limit: 100 });
      expect(images.some((image) => image.imageId === imageId)).toBe(newMembers.includes(member));
    });
  });

  it('can be emptied, and a repeat changes nothing', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(oldMembers).slice(0, 3));

    expect(changesIn(await set(imageId, [])).removed.toSorted()).toEqual(idsOf(oldMembers).slice(0, 3).toSorted());
    expect(await set(imageId, [])).toMatchObject({ status: 200, body: { used: 0, added: [], removed: [] } });
    expect(await recipientsOf(imageId)).toEqual([]);
  });

  it('is one of two that are set concurrently', async () => {
    const { imageId } = await anImageOf(owner, region);
    await share(owner, { region, imageId }, idsOf(sharers));

    const responses = await Promise.all([set(imageId, idsOf(oldMembers)), set(imageId, idsOf(newMembers))]);

    expect(tally(responses)).toEqual({ 200: 2 });
    const [removedByFirst, removedBySecond] = responses.map((response) => changesIn(response).removed.toSorted());
    const lists = [idsOf(oldMembers).toSorted(), idsOf(newMembers).toSorted()];
    const isFirstLast = removedBySecond?.length === sharersCount;
    expect([removedByFirst, removedBySecond]).toEqual(
      isFirstLast ? [lists[1], idsOf(sharers).toSorted()] : [idsOf(sharers).toSorted(), lists[0]],
    );
    expect((await recipientsOf(imageId)).toSorted()).toEqual(isFirstLast ? lists[0] : lists[1]);
  });

  /**
   * Sets the list during 20 shares with one recipient each: after `sharesBefore` shares were sent or
   * `responsesBefore` responses arrived. The last `sharesAfter` shares wait for its response.
   */
  const race = async (
    imageId: string,
    recipients: readonly string[],
    {
      sharesBefore,
      responsesBefore,
      sharesAfter = 0,
    }: { sharesBefore?: number | undefined; responsesBefore?: number | undefined; sharesAfter?: number | undefined },
  ) => {
    const timeCall = createCallTimer();
    const start = Promise.withResolvers<void>();
    let responseCount = 0;
    const listCall = start.promise.then(() => timeCall(() => set(imageId, recipients)));
    const shareCalls = idsOf(sharers).map(async (recipient, index) => {
      if (index === sharesBefore) {
        start.resolve();
      }
      if (index >= sharersCount - sharesAfter) {
        await listCall;
      }
      const share = await timeCall(() =>
        owner.try(shareImage, { region, imageId, recipients: [recipient], acknowledgeRisk: true }),
      );
      responseCount += 1;
      if (responseCount === responsesBefore) {
        start.resolve();
      }
      return { recipient, ...share };
    });
    return { listCall: await listCall, shares: await Promise.all(shareCalls) };
  };

  it.each([
    { oldSize: 50, newSize: 50, when: 'after 10', sharesBefore: 10 },
    { oldSize: 45, newSize: 45, when: 'before any', sharesBefore: 0 },
    { oldSize: 42, newSize: 45, when: 'after five responses and before the last four', responsesBefore: 5, sharesAfter: 4 },
  ])('of $newSize replacing $oldSize, set $when of 20 shares, is consistent with some order of the calls', async (testCase) => {
    const { oldSize, newSize, ...options } = testCase;
    const { imageId } = await anImageOf(owner, region);
    const [oldIds, newIds] = [idsOf(oldMembers).slice(0, oldSize), idsOf(newMembers).slice(0, newSize)];
    await share(owner, { region, imageId }, oldIds);

    const { listCall, shares } = await race(imageId, newIds, options);

    expect(listCall.response.status).toBe(200);
    const accepted = shares.filter(({ response }) => response.status === 200);
    expect(tally(shares.map(({ response }) => response))).toEqual({
      ...(accepted.length > 0 && { 200: accepted.length }),
      ...(accepted.length < sharersCount && { '409 ShareCapExceeded': sharersCount - accepted.length }),
    });

    const final = await recipientsOf(imageId);
    expect(final.length).toBeLessThanOrEqual(cap);
    const remaining = accepted.filter(({ recipient }) => final.includes(recipient));
    const replaced = accepted.filter(({ recipient }) => !final.includes(recipient));
    const names = (calls: readonly { recipient: string }[]) => calls.map(({ recipient }) => recipient);
    // The list and the recipients added after it, and nobody else. Recipients added before it are reported as removed.
    expect(final.toSorted()).toEqual([...newIds, ...names(remaining)].toSorted());
    expect(changesIn(listCall.response).added.toSorted()).toEqual(newIds.toSorted());
    expect(changesIn(listCall.response).removed.toSorted()).toEqual([...oldIds, ...names(replaced)].toSorted());
    // At no time was there room for more.
    expect(replaced.length).toBeLessThanOrEqual(cap - oldSize);
    expect(remaining.length).toBeLessThanOrEqual(cap - newSize);
    // Shares answered before the list was sent precede it, and shares sent after its response follow it.
    expect(remaining.filter(({ respondedAt }) => respondedAt < listCall.sentAt)).toEqual([]);
    expect(replaced.filter(({ sentAt }) => sentAt > listCall.respondedAt)).toEqual([]);
    // A share was refused only if the list was full, before or after the list was set.
    const [wasFull, isFull] = [replaced.length === cap - oldSize, remaining.length === cap - newSize];
    const refused = shares.filter(({ response }) => response.status !== 200);
    expect(
      refused.filter(
        ({ sentAt, respondedAt }) => !(wasFull && sentAt < listCall.respondedAt) && !(isFull && respondedAt > listCall.sentAt),
      ),
    ).toEqual([]);
  });
});
