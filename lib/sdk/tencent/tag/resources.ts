/** Resources with tags, in the cloud's form of six segments. Here, only images have tags. */
import type * as z from 'zod';
import { ActionError } from '../../../model/error.ts';
import type { ImageId, PrincipalId, Region } from '../../../model/ids.ts';
import type { ImageView } from '../../../model/views/image.ts';
import { findImage } from '../../find-image.ts';
import type { Service } from '../../service.ts';
import { ProviderError } from '../../wire.ts';
import { truncate } from '../error-codes.ts';
import { ImageParameter } from '../parameters.ts';

/** The service and the prefix of images in a resource. */
export const imageService = 'cvm';
export const imagePrefix = 'image';

/** An image that a request describes. */
export interface ImageResource {
  readonly region: Region;
  readonly imageId: ImageId;
  /** Absent if the description leaves it out, as Terraform does. */
  readonly owner?: string | undefined;
  /** As in the request. */
  readonly text: string;
}

/** Formats the description of an image. Source: https://cloud.tencent.com/document/product/598/10606. */
export const describeResource = ({ region, owner, imageId }: { region: Region; owner: PrincipalId; imageId: ImageId }): string =>
  `qcs::${imageService}:${region}:uin/${owner}:${imagePrefix}/${imageId}`;

const resourceForm = /^qcs:[^:]*:(?<service>[^:]*):(?<region>[^:]*):(?:uin\/(?<owner>[^:]*))?:(?<prefix>[^:/]+)\/(?<id>[^:]+)$/;

/** Parses descriptions such as `qcs::cvm:ap-guangzhou:uin/100000000001:image/img-gvbnzy6f`. Throws ResourceDescriptionError. */
export function parseResource(text: string, name: string, { regions }: Service): ImageResource {
  const { service, region, owner, prefix, id } = resourceForm.exec(text)?.groups ?? {};
  const knownRegion = regions.find((candidate) => candidate === region);
  const imageId: z.ZodSafeParseResult<ImageId> = ImageParameter.safeParse(id);
  if (service !== imageService || prefix !== imagePrefix || knownRegion === undefined || !imageId.success) {
    throw new ProviderError({
      code: 'InvalidParameterValue.ResourceDescriptionError',
      message: `The parameter ${name} must be an image such as qcs::cvm:ap-guangzhou:uin/100000000001:image/img-gvbnzy6f, but is ${truncate(JSON.stringify(text))}. Only images have tags here.`,
    });
  }
  return { region: knownRegion, imageId: imageId.data, owner: owner || undefined, text };
}

/** Whether an image is the described one. */
const isDescribed = ({ owner }: ImageView, resource: ImageResource): boolean => (resource.owner ?? owner) === owner;

/** Throws ImageNotFound if the description names another owner. */
export function requireDescribed(image: ImageView, resource: ImageResource): void {
  if (!isDescribed(image, resource)) {
    throw new ActionError('ImageNotFound', { detail: `The resource ${truncate(resource.text)} does not exist.` });
  }
}

/** Returns the described images that the caller can see. */
export async function findDescribed(
  service: Service,
  resources: readonly ImageResource[],
): Promise<readonly { readonly resource: ImageResource; readonly image: ImageView }[]> {
  const found = await Promise.all(
    resources.map(async (resource) => ({
      resource,
      image: await findImage(resource.imageId, service.inRegion(resource.region)),
    })),
  );
  return found.flatMap(({ resource, image }) =>
    image !== undefined && isDescribed(image, resource) ? [{ resource, image }] : [],
  );
}
