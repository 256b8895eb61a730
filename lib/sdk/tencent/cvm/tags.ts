import * as z from 'zod';
import type { Tags } from '../../../model/image.ts';
import { ProviderError } from '../../wire.ts';
import { Text } from '../../wire-fields.ts';
import { requireTags, tagsIn } from '../image-tags.ts';

/** The tags of a new image. */
export const TagSpecification = z
  .array(
    z.strictObject({
      ResourceType: z.literal('image', { error: 'must be image' }),
      Tags: z.array(z.strictObject({ Key: Text, Value: Text })),
    }),
  )
  .default([]);

/** Source: CVM's error codes in github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/errors.go. */
const tagCodes = {
  emptyKey: 'FailedOperation.IllegalTagKey',
  longKey: 'FailedOperation.IllegalTagKey',
  invalidKey: 'FailedOperation.IllegalTagKey',
  reservedKey: 'FailedOperation.TagKeyReserved',
  longValue: 'FailedOperation.IllegalTagValue',
  invalidValue: 'FailedOperation.IllegalTagValue',
  tooMany: 'InvalidParameterValue.TagQuotaLimitExceeded',
};

/** Returns the tags of a new image. Throws ProviderError for invalid tags. */
export function tagsFrom(specification: z.output<typeof TagSpecification>): Tags {
  const tags = specification.flatMap(({ Tags }) => Tags);
  const repeated = tags.find(({ Key }, index) => tags.findIndex((other) => other.Key === Key) < index);
  if (repeated !== undefined) {
    throw new ProviderError({
      code: 'InvalidParameterValue.DuplicateTags',
      message: `TagSpecification contains the tag key ${repeated.Key.slice(0, 128)} more than once.`,
    });
  }
  // Object.fromEntries defines own properties, so the key __proto__ is refused like any other invalid key.
  return requireTags(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])), tagCodes);
}

export const tagsOf = (image: { readonly tags: Tags }) => Object.entries(tagsIn(image)).map(([Key, Value]) => ({ Key, Value }));
