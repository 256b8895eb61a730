import { changeImageShares } from '../../functions/change-image-shares.ts';
import { listRecords } from '../../functions/list-records.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import type { PrincipalId } from '../../lib/model/ids.ts';
import { noon } from '../support/builders.ts';
import { anImageOf, type Callable, type Fields, type Member, testRegions } from '../support/client.ts';
import { freshMembers } from '../support/in-process.ts';

const inHours = (hours: number): string => new Date(noon.getTime() + hours * 3_600_000).toISOString();
const [earlier, later] = [inHours(1), inHours(2)];

interface Changed {
  readonly shares: readonly { readonly recipient: string; readonly expiresAt?: string }[];
  readonly added: readonly string[];
  readonly rescheduled: readonly string[];
  readonly previousExpirations?: Readonly<Record<string, string | null>>;
}

/** Three ways to share with the same recipients. */
const calls: readonly { name: string; action: Callable; fieldsFor: (recipients: readonly string[]) => Fields }[] = [
  { name: 'POST', action: shareImage as Callable, fieldsFor: (recipients) => ({ recipients }) },
  { name: 'PUT', action: setImageShares as Callable, fieldsFor: (recipients) => ({ recipients }) },
  { name: 'PATCH', action: changeImageShares as Callable, fieldsFor: (add) => ({ add }) },
];

describe.each(testRegions)('expiresAt in $name', ({ region, policy }) => {
  let owner: Member;
  let existing: PrincipalId;
  let addedLater: PrincipalId;

  beforeAll(async () => {
    const members = (await freshMembers(3)) as [Member, Member, Member];
    owner = members[0];
    existing = members[1].principalIn(policy);
    addedLater = members[2].principalIn(policy);
  });

  describe.each(calls)('with $name', ({ action, fieldsFor }) => {
    /** Shares with `existing` until `earlier`, then makes the call for `existing` and `addedLater`. */
    const callWith = async (expiresAt: string | null | undefined) => {
      const { imageId } = await anImageOf(owner, region);
      const key = { region, imageId };
      await owner.ok(shareImage, { ...key, recipients: [existing], acknowledgeRisk: true, expiresAt: earlier });
      const fields = {
        ...key,
        ...fieldsFor([existing, addedLater]),
        acknowledgeRisk: true,
        ...(expiresAt !== undefined && { expiresAt }),
      };
      const { shares, ...changes } = (await owner.ok(action, fields)) as unknown as Changed;
      const ends = Object.fromEntries(shares.map((one) => [one.recipient, one.expiresAt]));
      return { imageId, ends: [ends[existing], ends[addedLater]], ...changes };
    };

    it('when absent, leaves existing shares unchanged', async () => {
      expect(await callWith(undefined)).toMatchObject({ ends: [earlier, undefined], added: [addedLater], rescheduled: [] });
    });

    it('applies to every recipient that the call names', async () => {
      expect(await callWith(later)).toMatchObject({
        ends: [later, later],
        added: [addedLater],
        rescheduled: [existing],
        previousExpirations: { [existing]: earlier },
      });
    });

    it('when null, removes the expiration of every recipient that the call names', async () => {
      expect(await callWith(null)).toMatchObject({ ends: [undefined, undefined], added: [addedLater], rescheduled: [existing] });
    });

    it('does not count a share that already expires at that time as rescheduled', async () => {
      const changes = await callWith(earlier);

      expect(changes).toMatchObject({ ends: [earlier, earlier], added: [addedLater], rescheduled: [] });
      expect(changes).not.toHaveProperty('previousExpirations');
    });

    it('is in the record of the change, with the previous expirations', async () => {
      const { imageId } = await callWith(later);

      expect((await owner.ok(listRecords, { region, imageId, limit: 1 })).records).toMatchObject([
        { rescheduled: [existing], expiresAt: later, previousExpirations: { [existing]: earlier } },
      ]);
    });
  });
});
