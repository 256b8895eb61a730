/** Parameters and response values of several actions. */
import * as z from 'zod';
import { lineOf } from '../../model/fields.ts';
import { ImageId, InstanceId } from '../../model/ids.ts';
import { tagValueBytesMax } from '../../model/limits.ts';
import { listEntriesMax } from '../service.ts';
import { Flag, Integer, Text } from '../wire-fields.ts';

export const ImageParameter = Text.pipe(ImageId);
export const HostParameter = Text.pipe(InstanceId);

/** UCloud's `Tag` is stored as the tag with this key. Its value is `noTag` if there is none. */
export const tagKey = 'Tag';
export const noTag = 'Default';
export const Tag = Text.pipe(lineOf(tagValueBytesMax));

/** A documented parameter that asks for something that the service doesn't do. Refuses any value. */
export const unsupported = (reason: string) =>
  z
    .unknown()
    .refine((value) => value === '', reason)
    .optional();

/** A documented Boolean whose `true` asks for something that the service doesn't do. */
export const onlyFalse = (reason: string) => Flag.refine((flag) => !flag, reason).optional();

/** Parameters of every action in a region. UCloud has no `DryRun`: ignoring it would make the change. */
export const commonParameters = {
  Zone: Text.optional(),
  DryRun: onlyFalse('there are no dry runs, so the call would take effect'),
};

/** The most IDs in one call. */
export const idsPerCallMax = 100;

export const pageParameters = (limitMax = listEntriesMax) => ({
  Offset: Integer.pipe(z.int().min(0)).default(0),
  Limit: Integer.pipe(z.int().min(0).max(limitMax)).default(20),
});

export const pageOf = <Entry>(entries: readonly Entry[], { Offset, Limit }: { Offset: number; Limit: number }): Entry[] =>
  entries.slice(Offset, Offset + Limit);

export const unixSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/** Derives `OsType` from the name of the operating system. */
export const osTypeOf = (os: string): 'Windows' | 'Linux' => (/windows/i.test(os) ? 'Windows' : 'Linux');
