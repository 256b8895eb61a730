/** Parameters and response values of several actions. */
import * as z from 'zod';
import { ActionError, type ErrorCode } from '../../model/error.ts';
import { ImageId, InstanceId, type Region } from '../../model/ids.ts';
import { listEntriesMax } from '../service.ts';
import { Integer, Text } from '../wire-fields.ts';

export const ImageParameter = Text.pipe(ImageId);
export const HostParameter = Text.pipe(InstanceId);

/** UCloud's `Tag` is stored as the tag with this key. Its value is `noTag` if there is none. */
export const tagKey = 'Tag';
export const noTag = 'Default';

/** The most ids in one call. */
export const idsPerCallMax = 100;

export const pageParameters = (limitMax = listEntriesMax) => ({
  Offset: Integer.pipe(z.int().min(0)).default(0),
  Limit: Integer.pipe(z.int().min(0).max(limitMax)).default(20),
});

export const pageOf = <Entry>(entries: readonly Entry[], { Offset, Limit }: { Offset: number; Limit: number }): Entry[] =>
  entries.slice(Offset, Offset + Limit);

/** Loads each distinct id, in order, and leaves out those that fail with the error `notFound`. */
export async function findAll<Id, Entry>(
  ids: readonly Id[],
  load: (id: Id) => Promise<Entry>,
  notFound: ErrorCode,
): Promise<Entry[]> {
  const entries = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      try {
        return [await load(id)];
      } catch (failure) {
        if (failure instanceof ActionError && failure.code === notFound) {
          return [];
        }
        throw failure;
      }
    }),
  );
  return entries.flat();
}

/** The only zone of a region, named like UCloud's, such as `cn-bj2-02`. */
export const zoneOf = (region: Region): string => `${region}-02`;

export const unixSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/** Derives `OsType` from the name of the operating system. */
export const osTypeOf = (os: string): 'Windows' | 'Linux' => (/windows/i.test(os) ? 'Windows' : 'Linux');
