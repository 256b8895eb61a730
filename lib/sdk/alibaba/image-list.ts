import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import { ImageId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views.ts';
import type { Service } from '../service.ts';
import { wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { CreationTimeFilter } from './filters.ts';
import { imageFields, osTypeOf, ownerAliases, statuses } from './image-view.ts';
import { PageParameters, pageOf } from './paging.ts';
import { CallOptions, runWithOptions } from './parameters.ts';
import { TagFilter } from './tags.ts';

const idsMax = 100;
const statusNames = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated', 'ALL'];

const ImageIds = Text.transform((text) => text.split(',').map((id) => id.trim())).pipe(
  z.array(z.string()).max(idsMax, `must have at most ${idsMax} ids`),
);

const Statuses = Text.transform((text) => text.split(',').map((status) => status.trim())).pipe(
  z.array(z.enum(statusNames as [string, ...string[]], { error: `must be one or more of ${statusNames.join(', ')}` })),
);

const parameters = z.object({
  ...PageParameters,
  DryRun: CallOptions.DryRun,
  ImageId: ImageIds.optional(),
  ImageName: Text.optional(),
  ImageOwnerAlias: z
    .enum(['self', 'system', 'others', 'marketplace'], { error: 'must be self, system, others or marketplace' })
    .optional(),
  ImageOwnerId: Text.optional(),
  IsPublic: Flag.optional(),
  Status: Statuses.default(['Available']),
  OSType: z.enum(['windows', 'linux'], { error: 'must be windows or linux' }).optional(),
  Architecture: z.enum(['i386', 'x86_64', 'arm64'], { error: 'must be i386, x86_64 or arm64' }).optional(),
  Usage: z.enum(['instance', 'none'], { error: 'must be instance or none' }).optional(),
  Tag: TagFilter.optional(),
  Filter: CreationTimeFilter.optional(),
  SnapshotId: Text.optional(),
  ImageFamily: Text.optional(),
});
type Parameters = z.output<typeof parameters>;

/**
 * Lists owned, then shared, then public images; by default only available ones. Returns an empty list for snapshots, image
 * families, and community and marketplace images, which don't exist here.
 */
export const describeImages = wireAction({
  parameters,
  run: (request, service) =>
    runWithOptions({ DryRun: request.DryRun }, service, async (api) => {
      const inUse = request.Usage === undefined ? undefined : await imagesInUse(api);
      const images = (await candidates(request, api)).filter(
        (image) =>
          matches(image, request) && (inUse === undefined || inUse.has(image.imageId) === (request.Usage === 'instance')),
      );
      const { entries, fields } = pageOf(images, request);
      return { ...fields, RegionId: service.region, Images: { Image: entries.map(imageFields) } };
    }),
});

async function imagesInUse(service: Service): Promise<Set<string>> {
  return new Set((await service.listInstances()).map(({ imageId }) => imageId));
}

const scopes = { self: 'owned', others: 'shared', system: 'public' } as const;

/** Returns the images to filter: those with the given ids, or all that the alias selects. */
async function candidates(request: Parameters, service: Service): Promise<readonly ImageView[]> {
  const { ImageId: ids, ImageOwnerAlias: alias, IsPublic, SnapshotId, ImageFamily } = request;
  if (alias === 'marketplace' || IsPublic === true || SnapshotId !== undefined || ImageFamily !== undefined) {
    return [];
  }
  if (ids !== undefined) {
    return (await Promise.all([...new Set(ids)].map((id) => findImage(id, service)))).flat();
  }
  return service.listImages(alias === undefined ? 'all' : scopes[alias]);
}

/** Returns an empty list if the caller can't see such an image. */
async function findImage(id: string, service: Service): Promise<ImageView[]> {
  const imageId = ImageId.safeParse(id);
  if (!imageId.success) {
    return [];
  }
  try {
    return [await service.getImage(imageId.data)];
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'ImageNotFound') {
      return [];
    }
    throw failure;
  }
}

const matches = (image: ImageView, request: Parameters): boolean =>
  (request.ImageOwnerAlias ?? ownerAliases[image.visibility]) === ownerAliases[image.visibility] &&
  matchesOwner(image, request) &&
  (request.Status.includes('ALL') || request.Status.includes(statuses[image.state])) &&
  (request.ImageName === undefined || matchesName(image.name, request.ImageName)) &&
  (request.OSType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
  (request.Architecture ?? image.architecture) === image.architecture &&
  (request.Tag?.(image.tags) ?? true) &&
  (request.Filter?.(image.createdAt) ?? true);

/** `ImageOwnerId` has no effect with the alias `self` or `system`. */
const matchesOwner = (image: ImageView, { ImageOwnerId: owner, ImageOwnerAlias: alias }: Parameters): boolean =>
  owner === undefined || owner === image.owner || alias === 'self' || alias === 'system';

/** Matches a part of the name, or the whole name if the pattern contains the wildcard "*". Ignores case. */
function matchesName(name: string, pattern: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const lowerCaseName = name.toLowerCase();
  if (parts.length === 1) {
    return lowerCaseName.includes(pattern.toLowerCase());
  }
  const [first = '', ...middle] = parts;
  const last = middle.pop() ?? '';
  let position = first.length;
  for (const part of middle) {
    const index = lowerCaseName.indexOf(part, position);
    if (index < 0) {
      return false;
    }
    position = index + part.length;
  }
  return lowerCaseName.startsWith(first) && lowerCaseName.endsWith(last) && position + last.length <= lowerCaseName.length;
}
