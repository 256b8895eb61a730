import * as z from 'zod';
import { ActionError } from '../../model/error.ts';
import { ImageId } from '../../model/ids.ts';
import type { ImageView } from '../../model/views.ts';
import type { Service } from '../service.ts';
import { wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { CreatedWithin } from './filters.ts';
import { imageFields, osTypeOf, ownerAliases, statuses } from './image-view.ts';
import { Paging, pageOf } from './paging.ts';
import { CallOptions, withOptions } from './parameters.ts';
import { TagsWanted } from './tags.ts';

const idsMax = 100;
const statusNames = ['Creating', 'Waiting', 'Available', 'UnAvailable', 'CreateFailed', 'Deprecated', 'ALL'];

const ImageIds = Text.transform((text) => text.split(',').map((id) => id.trim())).pipe(
  z.array(z.string()).max(idsMax, `must name at most ${idsMax} images`),
);

const Statuses = Text.transform((text) => text.split(',').map((status) => status.trim())).pipe(
  z.array(z.enum(statusNames as [string, ...string[]], { error: `must be of ${statusNames.join(', ')}` })),
);

const parameters = z.object({
  ...Paging,
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
  Tag: TagsWanted.optional(),
  Filter: CreatedWithin.optional(),
  SnapshotId: Text.optional(),
  ImageFamily: Text.optional(),
});
type Asked = z.output<typeof parameters>;

/**
 * Lists images: own, then shared, then public ones. By default those that are available.
 *
 * No image has a snapshot's id or a family, none is a community or marketplace image: asked for these, it lists none.
 */
export const describeImages = wireAction({
  parameters,
  run: (asked, service) =>
    withOptions({ DryRun: asked.DryRun }, service, async (calls) => {
      const inUse = asked.Usage === undefined ? undefined : await imagesInUse(calls);
      const found = (await candidates(asked, calls)).filter(
        (image) => isWanted(image, asked) && (inUse === undefined || inUse.has(image.imageId) === (asked.Usage === 'instance')),
      );
      const { entries, fields } = pageOf(found, asked);
      return { ...fields, RegionId: service.region, Images: { Image: entries.map(imageFields) } };
    }),
});

async function imagesInUse(service: Service): Promise<Set<string>> {
  return new Set((await service.instances()).map(({ imageId }) => imageId));
}

const scopes = { self: 'owned', others: 'shared', system: 'public' } as const;

/** The images among which is looked: those that are named, or all that the caller sees that way. */
async function candidates(asked: Asked, service: Service): Promise<readonly ImageView[]> {
  const { ImageId: ids, ImageOwnerAlias: alias, IsPublic, SnapshotId, ImageFamily } = asked;
  if (alias === 'marketplace' || IsPublic === true || SnapshotId !== undefined || ImageFamily !== undefined) {
    return [];
  }
  if (ids !== undefined) {
    return (await Promise.all([...new Set(ids)].map((id) => imageOrNone(id, service)))).flat();
  }
  return service.images(alias === undefined ? 'all' : scopes[alias]);
}

async function imageOrNone(id: string, service: Service): Promise<ImageView[]> {
  const imageId = ImageId.safeParse(id);
  if (!imageId.success) {
    return [];
  }
  try {
    return [await service.image(imageId.data)];
  } catch (failure) {
    if (failure instanceof ActionError && failure.code === 'ImageNotFound') {
      return [];
    }
    throw failure;
  }
}

const isWanted = (image: ImageView, asked: Asked): boolean =>
  (asked.ImageOwnerAlias ?? ownerAliases[image.visibility]) === ownerAliases[image.visibility] &&
  isOfOwner(image, asked) &&
  (asked.Status.includes('ALL') || asked.Status.includes(statuses[image.state])) &&
  (asked.ImageName === undefined || matchesName(image.name, asked.ImageName)) &&
  (asked.OSType ?? osTypeOf(image.os)) === osTypeOf(image.os) &&
  (asked.Architecture ?? image.architecture) === image.architecture &&
  (asked.Tag?.(image.tags) ?? true) &&
  (asked.Filter?.(image.createdAt) ?? true);

/** `ImageOwnerId` says something of shared images only; own and public ones it leaves out where no alias asks for them. */
const isOfOwner = (image: ImageView, { ImageOwnerId: owner, ImageOwnerAlias: alias }: Asked): boolean =>
  owner === undefined || owner === image.owner || alias === 'self' || alias === 'system';

/** A part of the name, in any case; with "*", which stands for any text, the whole of it. */
function matchesName(name: string, wanted: string): boolean {
  const parts = wanted.toLowerCase().split('*');
  const inLowerCase = name.toLowerCase();
  if (parts.length === 1) {
    return inLowerCase.includes(wanted.toLowerCase());
  }
  const [first = '', ...others] = parts;
  const last = others.pop() ?? '';
  let at = first.length;
  for (const part of others) {
    const found = inLowerCase.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return inLowerCase.startsWith(first) && inLowerCase.endsWith(last) && at + last.length <= inLowerCase.length;
}
