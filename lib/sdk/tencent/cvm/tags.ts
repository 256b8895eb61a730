import * as z from 'zod';
import { firstRepeated } from '../../../model/fields.ts';
import type { Tags } from '../../../model/image.ts';
import { ProviderError } from '../../wire.ts';
import { NfcText } from '../../wire-fields.ts';
import { truncate } from '../error-codes.ts';
import { requireTags, tagsIn } from '../image-tags.ts';

/** The tags of a new image. */
export const TagSpecification = z
  .array(
    z.strictObject({
      ResourceType: z.literal('image', { error: 'must be image' }),
      Tags: z.array(z.strictObject({ Key: NfcText, Value: NfcText })),
    }),
  )
  .default([]);

/** ImportImage and CreateImage have no codes of their own for tags. Source: the SDK for Go, cvm/v20170312/client.go. */
const invalid = 'InvalidParameterValue';
const tagCodes = {
  emptyKey: invalid,
  longKey: invalid,
  invalidKey: invalid,
  reservedKey: invalid,
  longValue: invalid,
  invalidValue: invalid,
  tooMany: invalid,
};

/** Returns the tags of a new image. Throws ProviderError for invalid tags. */
export function tagsFrom(specification: z.output<typeof TagSpecification>): Tags {
  const tags = specification.flatMap(({ Tags }) => Tags);
  const repeated = firstRepeated(tags.map(({ Key }) => Key));
  if (repeated !== undefined) {
    throw new ProviderError({
      code: 'InvalidParameterValue.DuplicateTags',
      message: `TagSpecification contains the tag key ${truncate(repeated)} more than once.`,
    });
  }
  // Object.fromEntries defines own properties, so the key __proto__ is refused like any other invalid key.
  return requireTags(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])), tagCodes);
}

export const tagsOf = (image: { readonly tags: Tags }) => Object.entries(tagsIn(image)).map(([Key, Value]) => ({ Key, Value }));
