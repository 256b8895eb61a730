import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import { ImageState } from '../../model/image.ts';
import type { ImageView } from '../../model/views/image.ts';
import { findImages, inListOrder } from '../find-image.ts';
import type { Service } from '../service.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { type EcsError, missingParameter } from './error-codes.ts';
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

const notValid = (name: string): EcsError => ({
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
      const { entries, fields, inUse } = await (isPlain(request) ? plainPage : filteredPage)(request, api);
      const entriesInUse = inUse ?? (await imagesInUse(entries, api));
      return {
        ...fields,
        RegionId: service.region,
        Images: { Image: entries.map((image) => imageFields(image, { inUse: entriesInUse.has(image.imageId) })) },
      };
    }),
});

interface ImagePage extends ReturnType<typeof pageOf<ImageView>> {
  /** The images of the page that are in use, if that is known. */
  readonly inUse?: ReadonlySet<string> | undefined;
}

/** Whether the request selects images only by owner alias and status. */
const isPlain = (request: Parameters): boolean =>
  isPossible(request) &&
  [
    ...[request.ImageId, request.ImageName, request.ImageOwnerId, request.OSType, request.Architecture],
    ...[request.Usage, request.Tag, request.Filter, request.SnapshotId],
  ].every((value) => value === undefined);

async function plainPage(request: Parameters, service: Service): Promise<ImagePage> {
  const { PageNumber, PageSize } = request;
  const page = { offset: (PageNumber - 1) * PageSize, limit: PageSize };
  const { total, entries } = await service.numberedImages(scopeOf(request), { states: statesOf(request) }, page);
  return { entries: [...entries], fields: { TotalCount: total, PageNumber, PageSize } };
}

async function filteredPage(request: Parameters, service: Service): Promise<ImagePage> {
  const images = (await candidates(request, service)).filter((image) => matches(image, request));
  const inUse = request.Usage === undefined ? undefined : await imagesInUse(images, service);
  return {
    ...pageOf(
      images.filter(({ imageId }) => inUse?.has(imageId) === hasUsage(request)),
      request,
    ),
    inUse,
  };
}

/** Whether the images to list are in use, or undefined for both. */
const hasUsage = ({ Usage }: Parameters): boolean | undefined => (Usage === undefined ? undefined : Usage === 'instance');

const scopes = { self: 'owned', others: 'shared', system: 'public' } as const;

/** The part of the list that can have images that match. There are no images from the marketplace. */
const scopeOf = ({ ImageOwnerAlias: alias }: Parameters) =>
  alias === undefined || alias === 'marketplace' ? 'all' : scopes[alias];

/** Whether images can match at all. */
const isPossible = (request: Parameters): boolean =>
  request.ImageOwnerAlias !== 'marketplace' &&
  request.IsPublic !== true &&
  !absent.areSet(request) &&
  asksForProperties(request, imageProperties);

/** Returns the images to filter: those with the given IDs, or all that the alias selects. */
async function candidates(request: Parameters, service: Service): Promise<readonly ImageView[]> {
  if (!isPossible(request)) {
    return [];
  }
  return request.ImageId === undefined
    ? service.listImages(scopeOf(request))
    : inListOrder(await findImages(request.ImageId, service));
}

const matches = (image: ImageView, request: Parameters): boolean =>
  (request.ImageOwnerAlias ?? ownerAliases[image.visibility]) === ownerAliases[image.visibility] &&
  matchesOwner(image, request) &&
  statesOf(request).includes(image.state) &&
  (request.ImageName === undefined || matchesName(image.name, request.ImageName)) &&
  (request.OSType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
  (request.Architecture ?? image.architecture) === image.architecture &&
  (request.Tag?.(image.tags) ?? true) &&
  (request.Filter?.(image.createdAt) ?? true) &&
  matchesSnapshot(image, request);

/** `ImageOwnerId` has no effect with the alias `self` or `system`. */
const matchesOwner = (image: ImageView, { ImageOwnerId: owner, ImageOwnerAlias: alias }: Parameters): boolean =>
  owner === undefined || owner === image.owner || alias === 'self' || alias === 'system';

const statesOf = ({ Status: names = ['Available'], Usable }: Parameters): ImageState[] =>
  ImageState.options.filter(
    (state) =>
      (names.includes('ALL') || names.includes(statuses[state])) && (Usable ?? isUsable({ state })) === isUsable({ state }),
  );

const matchesSnapshot = (image: ImageView, { SnapshotId: id }: Parameters): boolean =>
  id === undefined || (image.visibility === 'owned' && snapshotsOf(image).some(({ snapshotId }) => snapshotId === id));
