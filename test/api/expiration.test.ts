import { changeImageShares } from '../../functions/change-image-shares.ts';
import { listRecords } from '../../functions/list-records.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { noon } from '../support/builders.ts';
import { anImageOf, type Callable, type Fields, type Member, testRegions } from '../support/client.ts';
import { freshMembers } from '../support/in-process.ts';

const inHours = (hours: number): string => new Date(noon.getTime() + hours * 3_600_000).toISOString();
const [before, after] = [inHours(1), inHours(2)];

interface Changed {
  readonly shares: readonly { readonly recipient: string; readonly expiresAt?: string }[];
  readonly added: readonly string[];
  readonly rescheduled: readonly string[];
  readonly previousExpirations?: Readonly<Record<string, string | null>>;
}

/** Three ways to share with the same recipients. */
const calls: readonly { name: string; action: Callable; naming: (recipients: readonly string[]) => Fields }[] = [
  { name: 'POST', action: shareImage as Callable, naming: (recipients) => ({ recipients }) },
  { name: 'PUT', action: setImageShares as Callable, naming: (recipients) => ({ recipients }) },
  { name: 'PATCH', action: changeImageShares as Callable, naming: (add) => ({ add }) },
];

describe.each(testRegions)('expiresAt in $name', ({ region, policy }) => {
  let owner: Member;
  let friend: PrincipalId;
  let guest: PrincipalId;

  beforeAll(async () => {
    const members = (await freshMembers(3)) as [Member, Member, Member];
    owner = members[0];
    friend = members[1].principalIn(policy);
    guest = members[2].principalIn(policy);
  });

  describe.each(calls)('of $name', ({ action, naming }) => {
    /** Shares with the friend until `before`, then makes the call for friend and guest. */
    const changed = async (expiresAt: string | null | undefined) => {
      const { imageId } = await anImageOf(owner, region);
      const key = { region, imageId };
      await owner.ok(shareImage, { ...key, recipients: [friend], acknowledgeRisk: true, expiresAt: before });
      const fields = { ...key, ...naming([friend, guest]), acknowledgeRisk: true, ...(expiresAt !== undefined && { expiresAt }) };
      const { shares, ...changes } = (await owner.ok(action, fields)) as unknown as Changed;
      const ends = Object.fromEntries(shares.map((one) => [one.recipient, one.expiresAt]));
      return { imageId, ends: [ends[friend], ends[guest]], ...changes };
    };

    it('leaves existing shares as they are when absent', async () => {
      expect(await changed(undefined)).toMatchObject({ ends: [before, undefined], added: [guest], rescheduled: [] });
    });

    it('applies to every recipient that the call names', async () => {
      expect(await changed(after)).toMatchObject({
        ends: [after, after],
        added: [guest],
        rescheduled: [friend],
        previousExpirations: { [friend]: before },
      });
    });

    it('removes the expiration of every recipient that the call names when null', async () => {
      expect(await changed(null)).toMatchObject({ ends: [undefined, undefined], added: [guest], rescheduled: [friend] });
    });

    it('reports a share that already expires then as unchanged', async () => {
      const changes = await changed(before);

      expect(changes).toMatchObject({ ends: [before, before], added: [guest], rescheduled: [] });
      expect(changes).not.toHaveProperty('previousExpirations');
    });

    it('is told in the record of the change, with the previous expirations', async () => {
      const { imageId } = await changed(after);

      expect((await owner.ok(listRecords, { region, imageId, limit: 1 })).records).toMatchObject([
        { rescheduled: [friend], expiresAt: after, previousExpirations: { [friend]: before } },
      ]);
    });
  });
});
