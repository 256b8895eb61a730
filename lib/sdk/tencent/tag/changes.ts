/** Changes the tags of images. */
import * as z from 'zod';
import { firstRepeated } from '../../../model/fields.ts';
import type { Tags } from '../../../model/image.ts';
import { editImage } from '../../edit-image.ts';
import type { Service } from '../../service.ts';
import { validateThenRun } from '../../validate-then-run.ts';
import { ProviderError, wireAction } from '../../wire.ts';
import { ignored, NfcText, Text } from '../../wire-fields.ts';
import { truncate } from '../error-codes.ts';
import { requireTagKey, requireTags, tagsIn, withTags } from '../image-tags.ts';
import { atLeastOne } from '../parameters.ts';
import { type ImageResource, parseResource, requireDescribed } from './resources.ts';

/** Source: the error codes in github.com/TencentCloud/tencentcloud-sdk-go, tag/v20180813/errors.go. */
const tagCodes = {
  emptyKey: 'InvalidParameterValue.TagKeyEmpty',
  longKey: 'InvalidParameterValue.TagKeyLengthExceeded',
  invalidKey: 'InvalidParameterValue.TagKeyCharacterIllegal',
  reservedKey: 'InvalidParameter.ReservedTagKey',
  longValue: 'InvalidParameterValue.TagValueLengthExceeded',
  invalidValue: 'InvalidParameterValue.TagValueCharacterIllegal',
  tooMany: 'LimitExceeded.ResourceAttachedTags',
};

/** Source: the documentation of TagResources and UnTagResources in the SDK for Go. */
const resourcesMax = 10;
const tagsPerCallMax = 10;

const NewTag = z.strictObject({ TagKey: NfcText, TagValue: NfcText, ...ignored('Category') });

const editTags = (service: Service, resource: ImageResource, change: (tags: Tags) => Tags): Promise<unknown> =>
  editImage(resource.imageId, service.inRegion(resource.region), (image) => {
    requireDescribed(image, resource);
    return { tags: withTags(image, requireTags(change(tagsIn(image)), tagCodes)) };
  });

function newTags(tags: readonly z.output<typeof NewTag>[]): Tags {
  const repeated = firstRepeated(tags.map(({ TagKey }) => TagKey));
  if (repeated !== undefined) {
    throw new ProviderError({
      code: 'InvalidParameterValue.TagKeyDuplicate',
      message: `The tag key ${truncate(repeated)} occurs more than once.`,
    });
  }
  return requireTags(Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])), tagCodes);
}

/** Returns the keys. Throws ProviderError for a key that an image can't have. */
function requireKeys(keys: readonly string[]): readonly string[] {
  for (const key of keys) {
    requireTagKey(key, tagCodes);
  }
  return keys;
}

const without = (tags: Tags, keys: readonly string[]): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));

/** Throws ProviderError with this code unless a resource has all of the tag keys, or none of them. */
function requireAttached(tags: Tags, keys: readonly string[], { attached, code }: { attached: boolean; code: string }): void {
  const wrong = keys.find((key) => Object.hasOwn(tags, key) !== attached);
  if (wrong !== undefined) {
    throw new ProviderError({ code, message: `The resource has ${attached ? 'no' : 'a'} tag with the key ${wrong}.` });
  }
}

export const modifyResourceTags = wireAction({
  parameters: z.strictObject({
    Resource: Text,
    ReplaceTags: atLeastOne(NewTag).optional(),
    DeleteTags: atLeastOne(z.strictObject({ TagKey: NfcText })).optional(),
  }),
  async run({ Resource, ReplaceTags, DeleteTags }, service) {
    const resource = parseResource(Resource, 'Resource', service);
    if (ReplaceTags === undefined && DeleteTags === undefined) {
      throw new ProviderError({ code: 'InvalidParameter.Tag', message: 'Specify ReplaceTags, DeleteTags, or both.' });
    }
    const added = newTags(ReplaceTags ?? []);
    const removed = requireKeys((DeleteTags ?? []).map(({ TagKey }) => TagKey));
    const both = removed.find((key) => Object.hasOwn(added, key));
    if (both !== undefined) {
      throw new ProviderError({
        code: 'InvalidParameterValue.DeleteTagsParamError',
        message: `The tag key ${both} is in both ReplaceTags and DeleteTags.`,
      });
    }
    await editTags(service, resource, (tags) => ({ ...without(tags, removed), ...added }));
    return {};
  },
});

export const addResourceTag = wireAction({
  parameters: z.strictObject({ Resource: Text, TagKey: NfcText, TagValue: NfcText }),
  async run({ Resource, ...tag }, service) {
    const resource = parseResource(Resource, 'Resource', service);
    const added = newTags([tag]);
    await editTags(service, resource, (tags) => {
      requireAttached(tags, Object.keys(added), { attached: false, code: 'ResourceInUse.TagKeyAttached' });
      return { ...tags, ...added };
    });
    return {};
  },
});

const notAttached = { attached: true, code: 'ResourceNotFound.AttachedTagKeyNotFound' };

export const updateResourceTagValue = wireAction({
  parameters: z.strictObject({ Resource: Text, TagKey: NfcText, TagValue: NfcText }),
  async run({ Resource, ...tag }, service) {
    const resource = parseResource(Resource, 'Resource', service);
    const changed = newTags([tag]);
    await editTags(service, resource, (tags) => {
      requireAttached(tags, Object.keys(changed), notAttached);
      return { ...tags, ...changed };
    });
    return {};
  },
});

export const deleteResourceTag = wireAction({
  parameters: z.strictObject({ Resource: Text, TagKey: NfcText }),
  async run({ Resource, TagKey }, service) {
    const resource = parseResource(Resource, 'Resource', service);
    const keys = requireKeys([TagKey]);
    await editTags(service, resource, (tags) => {
      requireAttached(tags, keys, notAttached);
      return without(tags, keys);
    });
    return {};
  },
});

/** Changes the tags of all of the resources, after checking that each can be changed. */
async function editAll(service: Service, list: readonly string[], change: (tags: Tags) => Tags) {
  requireLimit(resourcesMax, 'ResourceList', list, 'LimitExceeded.ResourceNumPerRequest');
  const resources = [...new Set(list)].map((text, index) => parseResource(text, `ResourceList.${index}`, service));
  await validateThenRun(
    service,
    false,
    resources.map((resource) => (api: Service) => editTags(api, resource, change)),
  );
  return { FailedResources: [] };
}

function requireLimit(max: number, name: string, list: readonly unknown[], code: string): void {
  if (list.length > max) {
    throw new ProviderError({ code, message: `The parameter ${name} must have at most ${max} entries, but has ${list.length}.` });
  }
}

export const tagResources = wireAction({
  parameters: z.strictObject({ ResourceList: atLeastOne(Text), Tags: atLeastOne(NewTag) }),
  async run({ ResourceList, Tags }, service) {
    requireLimit(tagsPerCallMax, 'Tags', Tags, 'LimitExceeded.TagNumPerRequest');
    const added = newTags(Tags);
    return editAll(service, ResourceList, (tags) => ({ ...tags, ...added }));
  },
});

export const unTagResources = wireAction({
  parameters: z.strictObject({ ResourceList: atLeastOne(Text), TagKeys: atLeastOne(NfcText) }),
  async run({ ResourceList, TagKeys }, service) {
    requireLimit(tagsPerCallMax, 'TagKeys', TagKeys, 'LimitExceeded.TagNumPerRequest');
    const removed = requireKeys(TagKeys);
    return editAll(service, ResourceList, (tags) => without(tags, removed));
  },
});
