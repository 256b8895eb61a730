import type { ImageKey } from '../model/ids.ts';
import { publicOwner, type Visibility } from '../rules/visibility.ts';
import type { Page, PageRequest, PrincipalPlace, Store } from '../table/store.ts';

/** A position in the combined list: the part, and the position in it. */
const positionForm = /^(owned|shared|public)(?:@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9._-]+))?$/;

export const isImagePosition = (position: string): boolean => positionForm.test(position);

/** Reads one page of a principal's images, part by part, starting after the position `after` of an earlier page. */
export async function imagesInParts(
  store: Store,
  principal: PrincipalPlace,
  parts: readonly Visibility[],
  { limit, after }: PageRequest,
): Promise<{ keys: readonly ImageKey[]; next?: string }> {
  const [, firstPart, position] = positionForm.exec(after ?? '') ?? [];
  const keys: ImageKey[] = [];
  let afterInPart = position;
  for (const part of parts.slice(Math.max(0, parts.indexOf(firstPart as Visibility)))) {
    if (keys.length === limit) {
      return { keys, next: part };
    }
    const page = { limit: limit - keys.length, after: afterInPart };
    const { entries, next } = await pageOf(store, part, principal, page);
    keys.push(...entries);
    if (next !== undefined) {
      return { keys, next: `${part}@${next}` };
    }
    afterInPart = undefined;
  }
  return { keys };
}

function pageOf(store: Store, part: Visibility, principal: PrincipalPlace, page: PageRequest): Promise<Page<ImageKey>> {
  switch (part) {
    case 'owned':
      return store.ownedImages(principal, page);
    case 'shared':
      return store.receivedImages(principal, page);
    case 'public':
      return store.ownedImages({ region: principal.region, principal: publicOwner }, page);
  }
}
