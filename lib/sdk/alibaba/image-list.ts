import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views.ts';
import { findImages } from '../find-image.ts';
import type { Service } from '../service.ts';
import { ProviderError, type WireError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { missingParameter } from './error-codes.ts';
import { absentFilters, asksForProperties, commonProperty, creationTime, filterList } from './filters.ts';
import { imageFields, imageProperties, isUsable, ownerAliases, statuses } from './image-view.ts';
import { matchesName } from './names.ts';
import { PageParameters, pageOf } from './paging.ts';
import { CallOptions, IdList, listIn, oneOf, runWithOptions } from './parameters.ts';
import { osTypeOf } from './platforms.ts';
import { snapshotsOf } from './snapshot-id.ts';
import { TagFilter } from './tags.ts';
import { imagesInUse } from './usage.ts';

const statusNames = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated', 'ALL'];

/** One or more statuses, separated by commas, or ALL. */
const Statuses = Text.transform((text, context): readonly string[] => {
  const names = listIn(text);
  if (names.length === 0 || names.some((name) => !statusNames.includes(name))) {
    context.addIssue({ code: 'custom', message: `must be one or more of ${statusNames.join(', ')}` });
  } else if (names.includes('ALL') && names.some((name) => name !== 'ALL')) {
    context.addIssue({ code: 'custom', message: "can't combine ALL with other statuses" });
  }
  return names;
});

const notValid = (name: string): WireError => ({
  code: `Invalid${name}`,
  status: 404,
  message: `The specifed ${name} is not valid`,
});

const hotPlug = commonProperty('unsupported', 'supported');

/** Image families and resource groups don't exist here. */
const absent = absentFilters({ ImageFamily: Text, ResourceGroupId: Text });

const parameters = z.object({
  ...PageParameters,
  ...absent.parameters,
  DryRun: CallOptions.DryRun,
  ImageId: IdList.optional(),
  ImageName: Text.optional(),
  ImageOwnerAlias: oneOf(['self', 'system', 'others', 'marketplace']).optional(),
  ImageOwnerId: Text.pipe(PrincipalId).optional(),
  IsPublic: Flag.optional(),
  Status: Statuses.optional(),
  Usable: Flag.optional(),
  OSType: oneOf(['windows', 'linux'], notValid('OSType')).optional(),
  Architecture: oneOf(['i386', 'x86_64', 'arm64'], notValid('Architecture')).optional(),
  Usage: oneOf(['instance', 'none']).optional(),
  Tag: TagFilter.optional(),
  Filter: filterList({
    ...creationTime,
    NetworkType: commonProperty('vpc', 'classic'),
    CpuOnlineUpgrade: hotPlug,
    CpuOnlineDowngrade: hotPlug,
    MemoryOnlineUpgrade: hotPlug,
    MemoryOnlineDowngrade: hotPlug,
  }).optional(),
  SnapshotId: Text.optional(),
  IsSupportCloudinit: Flag.optional(),
  IsSupportIoOptimized: Flag.optional(),
  // Images can be used with all instance types, for all purposes, and without a subscription.
  InstanceType: Text.pipe(z.string().regex(/^ecs\.[\w.-]+$/, 'must be an instance type such as ecs.g6.large')).optional(),
  ActionType: oneOf(['CreateEcs', 'ChangeOS']).optional(),
  ShowExpired: Flag.optional(),
});
type Parameters = z.output<typeof parameters>;

/**
 * Lists owned, then shared, then public images, each newest first; by default only available ones. Returns an empty list for
 * image families, resource groups, and community and marketplace images, which don't exist here.
 */
export const describeImages = wireAction({
  parameters,
  run: (request, service) =>
    runWithOptions({ DryRun: request.DryRun }, service, async (api) => {
      // Source: Usable in the SDK reference.
      if (request.Usable !== undefined && request.Status === undefined) {
        throw new ProviderError(missingParameter('Status'));
      }
      const images = (await candidates(request, api)).filter((image) => matches(image, request));
      const inUse = request.Usage === undefined ? undefined : await imagesInUse(images, api);
      const found = images.filter(({ imageId }) => inUse?.has(imageId) === hasUsage(request));
      const { entries, fields } = pageOf(found, request);
      const entriesInUse = inUse ?? (await imagesInUse(entries, api));
      return {
        ...fields,
        RegionId: service.region,
        Images: { Image: entries.map((image) => imageFields(image, { inUse: entriesInUse.has(image.imageId) })) },
      };
    }),
});

/** Whether the images to list are in use, or undefined for both. */
const hasUsage = ({ Usage }: Parameters): boolean | undefined => (Usage === undefined ? undefined : Usage === 'instance');

const scopes = { self: 'owned', others: 'shared', system: 'public' } as const;

/** Returns the images to filter: those with the given ids, or all that the alias selects. */
async function candidates(request: Parameters, service: Service): Promise<readonly ImageView[]> {
  const { ImageId: ids, ImageOwnerAlias: alias, IsPublic } = request;
  if (alias === 'marketplace' || IsPublic === true || absent.areSet(request)) {
    return [];
  }
  return ids === undefined ? service.listImages(alias === undefined ? 'all' : scopes[alias]) : findImages(ids, service);
}

const matches = (image: ImageView, request: Parameters): boolean =>
  (request.ImageOwnerAlias ?? ownerAliases[image.visibility]) === ownerAliases[image.visibility] &&
  matchesOwner(image, request) &&
  matchesStatus(image, request) &&
  (request.Usable ?? isUsable(image)) === isUsable(image) &&
  (request.ImageName === undefined || matchesName(image.name, request.ImageName)) &&
  (request.OSType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
  (request.Architecture ?? image.architecture) === image.architecture &&
  (request.Tag?.(image.tags) ?? true) &&
  (request.Filter?.(image.createdAt) ?? true) &&
  matchesSnapshot(image, request) &&
  asksForProperties(request, imageProperties);

/** `ImageOwnerId` has no effect with the alias `self` or `system`. */
const matchesOwner = (image: ImageView, { ImageOwnerId: owner, ImageOwnerAlias: alias }: Parameters): boolean =>
  owner === undefined || owner === image.owner || alias === 'self' || alias === 'system';

const matchesStatus = ({ state }: ImageView, { Status: names = ['Available'] }: Parameters): boolean =>
  names.includes('ALL') || names.includes(statuses[state]);

const matchesSnapshot = (image: ImageView, { SnapshotId: id }: Parameters): boolean =>
  id === undefined || (image.visibility === 'owned' && snapshotsOf(image).some(({ snapshotId }) => snapshotId === id));
