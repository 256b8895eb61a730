/** The actions on tags. */
import * as z from 'zod';
import { Tags as ValidTags } from '../../model/fields.ts';
import type { Tags } from '../../model/image.ts';
import { type IssueError, ProviderError, type WireError, wireAction } from '../wire.ts';
import { Flag, NfcText, Text } from '../wire-fields.ts';
import { invalidParameter, missingParameter, tagQuotaExceeded } from './error-codes.ts';
import { matchesName } from './names.ts';
import { NextToken, PageParameters, pageOf } from './paging.ts';
import { countUpTo, NoDryRun } from './parameters.ts';
import { changeResourceTags, ResourceType, visibleResources } from './taggable-resources.ts';
import { TagFilter, TagList, TagSelection, tagEntriesOf, tagsPerCallMax } from './tags.ts';

const resourcesPerCallMax = 50;

/** Source: TagResources, UntagResources, and ListTagResources in the ECS API reference. */
const missingTags: WireError = {
  code: 'MissingParameter.Tags',
  status: 404,
  message: 'The parameter - Tags should not be null',
};
const tooMany = (name: 'ResourceIds' | 'Tags', max: number): IssueError => ({
  wireError: () => ({
    code: `NumberExceed.${name}`,
    status: 400,
    message: `The ${name} parameter's number is exceed , Valid : ${max}`,
  }),
});
const atMost = (name: 'ResourceIds' | 'Tags', max: number) =>
  z.array(NfcText).superRefine((entries, context) => {
    if (entries.length > max) {
      context.addIssue({ code: 'custom', message: `must be at most ${max}`, params: { ...tooMany(name, max) } });
    }
  });
const ResourceIds = atMost('ResourceIds', resourcesPerCallMax);

/** Adds tags, and overwrites those with the same keys. Throws OperationDenied.QuotaExceed. */
const withTags =
  (added: Tags) =>
  (tags: Tags): Tags => {
    const result = { ...tags, ...added };
    if (!ValidTags.safeParse(result).success) {
      throw new ProviderError(tagQuotaExceeded);
    }
    return result;
  };

const withoutTags =
  (isRemoved: (key: string, value: string) => boolean) =>
  (tags: Tags): Tags =>
    Object.fromEntries(Object.entries(tags).filter(([key, value]) => !isRemoved(key, value)));

/** Adds tags to own images, or overwrites their values. */
export const tagResources = wireAction({
  parameters: z.object({ ...NoDryRun, ResourceType, ResourceId: ResourceIds, Tag: TagList.optional() }),
  run: async ({ ResourceId: ids, Tag, ...request }, service) => {
    if (Tag === undefined) {
      throw new ProviderError(missingTags);
    }
    await changeResourceTags({ ...request, ids }, withTags(Tag), service);
    return {};
  },
});

/** Removes tags from own images: those with the keys or, without keys and with `All`, all of them. */
export const untagResources = wireAction({
  parameters: z.object({
    ...NoDryRun,
    ResourceType,
    ResourceId: ResourceIds,
    TagKey: atMost('Tags', tagsPerCallMax).optional(),
    All: Flag.optional(),
  }),
  run: async ({ ResourceId: ids, TagKey, All, ...request }, service) => {
    if (TagKey === undefined && All !== true) {
      throw new ProviderError(missingTags);
    }
    await changeResourceTags(
      { ...request, ids },
      withoutTags((key) => TagKey?.includes(key) ?? true),
      service,
    );
    return {};
  },
});

/** The older version of TagResources, for one resource. */
export const addTags = wireAction({
  parameters: z.object({ ...NoDryRun, ResourceType, ResourceId: Text, Tag: TagList.optional() }),
  run: async ({ ResourceId: id, Tag, ...request }, service) => {
    if (Tag === undefined) {
      throw new ProviderError(missingParameter('Tag.1.Key'));
    }
    await changeResourceTags({ ...request, ids: [id] }, withTags(Tag), service);
    return {};
  },
});

/** The older version of UntagResources, for one resource. A tag with a value is removed only if it has this value. */
export const removeTags = wireAction({
  parameters: z.object({ ...NoDryRun, ResourceType, ResourceId: Text, Tag: TagSelection.optional() }),
  run: async ({ ResourceId: id, Tag, ...request }, service) => {
    if (Tag === undefined) {
      throw new ProviderError(missingParameter('Tag.1.Key'));
    }
    await changeResourceTags({ ...request, ids: [id] }, withoutTags(Tag), service);
    return {};
  },
});

const tagFiltersMax = 5;

/** Filters by patterns. A tag key without values is a pattern; the values of a key are patterns, one of which must match. */
const TagPatterns = z
  .array(z.object({ TagKey: NfcText, TagValues: z.array(Text).optional() }))
  .max(tagFiltersMax, `must be at most ${tagFiltersMax} filters`)
  .transform(
    (filters) =>
      (tags: Tags): boolean =>
        filters.every(({ TagKey, TagValues }) =>
          Object.entries(tags).some(([key, value]) =>
            TagValues === undefined
              ? matchesName(key, TagKey)
              : key === TagKey && TagValues.some((pattern) => matchesName(value, pattern)),
          ),
        ),
  );

/** Enough for all tags of several images, because some clients read only the first page. */
const tagsPerPage = 1_000;

/** Lists the tags of images that the caller can see: of those with the given IDs, or of those that match the tags. */
export const listTagResources = wireAction({
  parameters: z.object({
    ResourceType,
    ResourceId: ResourceIds.optional(),
    Tag: TagFilter.optional(),
    TagFilter: TagPatterns.optional(),
    NextToken,
  }),
  run: async ({ ResourceType: type, ResourceId: ids, Tag, TagFilter: patterns, NextToken: token = 0 }, service) => {
    if (Tag !== undefined && patterns !== undefined) {
      throw new ProviderError(invalidParameter('TagFilter', "can't be combined with Tag"));
    }
    if (ids === undefined && Tag === undefined && patterns === undefined) {
      throw new ProviderError(missingTags);
    }
    const tags = (await visibleResources(type, ids, service))
      .filter(({ image }) => (Tag?.(image.tags) ?? true) && (patterns?.(image.tags) ?? true))
      .flatMap(({ resourceId, resourceType, image }) =>
        tagEntriesOf(image.tags).map((tag) => ({ ResourceId: resourceId, ResourceType: resourceType, ...tag })),
      );
    const start = Number(token);
    const end = start + tagsPerPage;
    return {
      NextToken: end < tags.length ? String(end) : '',
      TagResources: { TagResource: tags.slice(start, end) },
    };
  },
});

/** Lists different tags of the images that the caller can see, with the number of images and snapshots that have each. */
export const describeTags = wireAction({
  parameters: z.object({
    ...PageParameters,
    PageSize: countUpTo(100).default(50),
    ResourceType: ResourceType.optional(),
    ResourceId: Text.optional(),
    Tag: TagFilter.optional(),
  }),
  run: async ({ ResourceType: type, ResourceId: id, Tag, ...paging }, service) => {
    const ids = id === undefined ? undefined : [id];
    const types = type === undefined ? (['image', 'snapshot'] as const) : [type];
    const resources = (await Promise.all(types.map((each) => visibleResources(each, ids, service)))).flat();
    const counts = new Map<string, { TagKey: string; TagValue: string; Image: number; Snapshot: number }>();
    for (const { resourceType, image } of resources) {
      for (const { TagKey, TagValue } of tagEntriesOf(image.tags)) {
        if (Tag?.({ [TagKey]: TagValue }) ?? true) {
          const name = JSON.stringify([TagKey, TagValue]);
          const count = counts.get(name) ?? { TagKey, TagValue, Image: 0, Snapshot: 0 };
          counts.set(name, count);
          count[resourceType === 'image' ? 'Image' : 'Snapshot'] += 1;
        }
      }
    }
    const { entries, fields } = pageOf([...counts.values()], paging);
    return {
      ...fields,
      Tags: {
        Tag: entries.map(({ TagKey, TagValue, Image, Snapshot }) => ({
          TagKey,
          TagValue,
          ResourceTypeCount: { ...noOtherResources, Image, Snapshot },
        })),
      },
    };
  },
});

const noOtherResources = {
  Instance: 0,
  Disk: 0,
  Securitygroup: 0,
  Volume: 0,
  Eni: 0,
  Ddh: 0,
  KeyPair: 0,
  LaunchTemplate: 0,
  ReservedInstance: 0,
  SnapshotPolicy: 0,
};
