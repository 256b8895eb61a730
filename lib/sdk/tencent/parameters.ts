/** Parameters that several actions take, with their bounds as the cloud documents them. */
import * as z from 'zod';
import { ImageId, InstanceId, PrincipalId } from '../../model/ids.ts';
import { recipientsPerCallMax } from '../../model/limits.ts';
import type { IdForm } from '../../model/policy.ts';
import { tencentPolicy } from '../../policies/tencent.ts';
import { ProviderError } from '../wire.ts';
import { Flag, Text, Whole } from '../wire-fields.ts';

const idOf = ({ prefix, length }: IdForm) =>
  Text.pipe(z.string().regex(new RegExp(`^${prefix}[a-z0-9]{${length}}$`), `must be ${prefix} and ${length} of a-z and 0-9`));

/** Id of an image, such as img-gvbnzy6f. */
export const Image = idOf(tencentPolicy.imageId).pipe(ImageId);

/** Id of an instance, such as ins-09dx96dg. */
export const Instance = idOf(tencentPolicy.instanceId).pipe(InstanceId);

const blueprintForm = { ...tencentPolicy.imageId, prefix: 'lhbp-' };

/** Id of a Lighthouse image, such as lhbp-6jc6l8yb: that of the image with another prefix. */
export const Blueprint = idOf(blueprintForm)
  .transform((id) => `${tencentPolicy.imageId.prefix}${id.slice(blueprintForm.prefix.length)}`)
  .pipe(ImageId);

export const blueprintIdOf = (imageId: ImageId): string =>
  `${blueprintForm.prefix}${imageId.slice(tencentPolicy.imageId.prefix.length)}`;

/** A list that names something. */
export const atLeastOne = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).min(1, 'must name at least one');

/** Ids of main accounts. */
export const Accounts = atLeastOne(Text.pipe(PrincipalId));

/** No more accounts than one of our calls takes. */
export const accountsMax = recipientsPerCallMax;

/** Instances that one call may name. Source: the documents of DescribeInstances and TerminateInstances. */
export const instancesNamedMax = 100;

/** Refuses a list that names more than the action takes, with the code that both products have for it. */
export function requireAtMost(max: number, name: string, list: readonly unknown[]): void {
  if (list.length > max) {
    throw new ProviderError({
      code: 'InvalidParameterValue.LimitExceeded',
      message: `The parameter ${name} takes at most ${max}, and ${list.length} are named.`,
    });
  }
}

export const Permission = z.enum(['SHARE', 'CANCEL'], { error: 'must be SHARE or CANCEL' });

/** Text of at most so many characters. */
export const textOf = (charactersMax: number) =>
  Text.pipe(z.string().refine((text) => [...text].length <= charactersMax, `must be at most ${charactersMax} characters`));

export const DryRun = Flag.default(false);

/** Which entries of a list are answered. */
export const page = {
  Offset: Whole.pipe(z.number().min(0, 'must not be negative')).default(0),
  Limit: Whole.pipe(z.number().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100')).default(20),
};

export const onPage = <Entry>(list: readonly Entry[], { Offset, Limit }: { Offset: number; Limit: number }): readonly Entry[] =>
  list.slice(Offset, Offset + Limit);

/** Times as the cloud writes them: ISO 8601, UTC, to the second. */
export const timeOf = (instant: string): string => instant.replace(/\.\d+Z$/, 'Z');
