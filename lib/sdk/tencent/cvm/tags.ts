import * as z from 'zod';
import type { Tags } from '../../../model/image.ts';
import { ProviderError } from '../../wire.ts';
import { Text } from '../../wire-fields.ts';

/** The tags of a new image. */
export const TagSpecification = z
  .array(
    z.strictObject({
      ResourceType: z.literal('image', { error: 'must be image' }),
      Tags: z.array(z.strictObject({ Key: Text.refine((key) => key !== '__proto__', 'must be another key'), Value: Text })),
    }),
  )
  .optional();

export function tagsFrom(specification: z.output<typeof TagSpecification>): Tags | undefined {
  const tags = specification?.flatMap(({ Tags }) => Tags);
  if (tags === undefined) {
    return undefined;
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new ProviderError({
      code: 'InvalidParameterValue.DuplicateTags',
      message: 'TagSpecification contains a tag key more than once.',
    });
  }
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

export const tagsOf = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
