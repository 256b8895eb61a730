/** Parameters of several actions, with their documented limits. */
import * as z from 'zod';
import { nfcUpTo } from '../../model/fields.ts';
import { ImageId, InstanceId, PrincipalId } from '../../model/ids.ts';
import { recipientsPerCallMax } from '../../model/limits.ts';
import type { IdForm } from '../../model/policy.ts';
import { tencentPolicy } from '../../policies/tencent.ts';
import { ProviderError } from '../wire.ts';
import { Flag, Integer, Text } from '../wire-fields.ts';

const idParameter = ({ prefix, length }: IdForm) =>
  Text.pipe(
    z
      .string()
      .regex(new RegExp(`^${prefix}[a-z0-9]{${length}}$`), `must be ${prefix} followed by ${length} characters of a-z and 0-9`),
  );

/** An image ID such as img-gvbnzy6f. */
export const ImageParameter = idParameter(tencentPolicy.imageId).pipe(ImageId);

/** An instance ID such as ins-09dx96dg. */
export const InstanceParameter = idParameter(tencentPolicy.instanceId).pipe(InstanceId);

const blueprintForm = { ...tencentPolicy.imageId, prefix: 'lhbp-' };

/** A blueprint ID such as lhbp-6jc6l8yb, parsed to the image ID, which differs only in the prefix. */
export const BlueprintParameter = idParameter(blueprintForm)
  .transform((id) => `${tencentPolicy.imageId.prefix}${id.slice(blueprintForm.prefix.length)}`)
  .pipe(ImageId);

export const blueprintIdOf = (imageId: ImageId): string =>
  `${blueprintForm.prefix}${imageId.slice(tencentPolicy.imageId.prefix.length)}`;

export const atLeastOne = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).min(1, 'must have at least one entry');

/** Ids of main accounts, not of sub-users. */
export const AccountsParameter = atLeastOne(Text.pipe(PrincipalId));

/** The service's own limit. */
export const accountsMax = recipientsPerCallMax;

/** The most instance IDs in one call. Source: the documentation of DescribeInstances and TerminateInstances. */
export const instanceIdsMax = 100;

/** Throws LimitExceeded, which both products use, for a list with too many entries. */
export function requireAtMost(max: number, name: string, list: readonly unknown[]): void {
  if (list.length > max) {
    throw new ProviderError({
      code: 'InvalidParameterValue.LimitExceeded',
      message: `The parameter ${name} must have at most ${max} entries, but has ${list.length}.`,
    });
  }
}

export const Permission = z.enum(['SHARE', 'CANCEL'], { error: 'must be SHARE or CANCEL' });

/** Counts Unicode code points, not UTF-16 units, in NFC, in which texts are stored. A code point has at most 4 bytes. */
export const textUpTo = (charactersMax: number) =>
  Text.transform(nfcUpTo(4 * charactersMax)).pipe(
    z.string().refine((text) => [...text].length <= charactersMax, `must be at most ${charactersMax} characters`),
  );

export const DryRun = Flag.default(false);

export const pageParameters = {
  Offset: Integer.pipe(z.number().min(0, 'must not be negative')).default(0),
  Limit: Integer.pipe(z.number().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100')).default(20),
};

export const pageOf = <Entry>(list: readonly Entry[], { Offset, Limit }: { Offset: number; Limit: number }): readonly Entry[] =>
  list.slice(Offset, Offset + Limit);

/** Formats a time as the cloud does: ISO 8601, UTC, to the second. */
export const timeOf = (instant: string): string => `${instant.slice(0, 19)}Z`;
