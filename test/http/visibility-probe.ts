import { checkImageAccess } from '../../functions/check-image-access.ts';
import { getImage } from '../../functions/get-image.ts';
import { listImages } from '../../functions/list-images.ts';
import type { Member } from '../support/client.ts';

/** Returns whether a member sees an image: by id, in its list, and for a launch. Throws if these disagree. */
export async function isVisibleTo(member: Member, region: string, imageId: string): Promise<boolean> {
  const [byId, list, access] = await Promise.all([
    member.try(getImage, { region, imageId }),
    member.ok(listImages, { region, limit: 100 }),
    member.ok(checkImageAccess, { region, imageId }),
  ]);
  const views = [byId.status === 200, list.images.some((image) => image.imageId === imageId), access.allowed];
  if (new Set(views).size > 1) {
    throw new Error(`By id, in the list, allowed to launch: ${views}`);
  }
  return byId.status === 200;
}
