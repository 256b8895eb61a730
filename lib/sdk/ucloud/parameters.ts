/** Parameters that several of UCloud's actions take, and values that several of its answers have. */
import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { ImageId, InstanceId, type Region } from '../../model/ids.ts';
import { listedMax } from '../service.ts';
import { Text, Whole } from '../wire-fields.ts';

export const ImageParameter = Text.pipe(ImageId);
export const HostParameter = Text.pipe(InstanceId);

/** The key of the tag that is UCloud's `Tag`, and its value where there is none. */
export const tagKey = 'Tag';
export const noTag = 'Default';

/** Ids that one call may name. */
export const idsPerCallMax = 100;

/** `Offset` and `Limit`, 20 where none is stated. */
export const paging = (limitMax = listedMax) => ({
  Offset: Whole.pipe(z.int().min(0)).default(0),
  Limit: Whole.pipe(z.int().min(0).max(limitMax)).default(20),
});

export const paged = <Entry>(entries: readonly Entry[], { Offset, Limit }: { Offset: number; Limit: number }): Entry[] =>
  entries.slice(Offset, Offset + Limit);

/** What is found of several things, each once, in the order of their ids. */
export async function foundOf<Id, Found>(
  ids: readonly Id[],
  find: (id: Id) => Promise<Found>,
  missing: ErrorCode,
): Promise<Found[]> {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      try {
        return [await find(id)];
      } catch (failure) {
        if (failure instanceof ActionError && failure.code === missing) {
          return [];
        }
        throw failure;
      }
    }),
  );
  return found.flat();
}

/** The one zone that each region has here, in the form of UCloud's own, such as `cn-bj2-02`. */
export const zoneOf = (region: Region): string => `${region}-02`;

export const unixSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/** UCloud tells two types of systems apart; the service knows a system's name. */
export const osTypeOf = (os: string): 'Windows' | 'Linux' => (/windows/i.test(os) ? 'Windows' : 'Linux');
