import type { ImageKey } from '../model/ids.ts';
import { publicOwner, type Visibility } from '../rules/visibility.ts';
import { timeAt } from '../table/positions.ts';
import type { ListedFilter, PageRequest, PositionedPage, RegionalPrincipal, Store } from '../table/store.ts';

/** A position in the combined list: the part, and the position in it. */
const positionForm = /^(owned|shared|public)(?:@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9._-]+))?$/;

export const isImagePosition = (position: string): boolean => positionForm.test(position);

/** An entry of the list, and for shared images, when the image was shared. */
export interface ListedImage extends ImageKey {
  readonly sharedAt?: Date;
}

/** Reads one page of a principal's images, part by part, starting after the position `after` of an earlier page. */
export async function readImagePage(
  store: Store,
  principal: RegionalPrincipal,
  parts: readonly Visibility[],
  { limit, after }: PageRequest,
): Promise<PositionedPage<ListedImage>> {
  const [, firstPart, position] = positionForm.exec(after ?? '') ?? [];
  const entries: ListedImage[] = [];
  const positions: string[] = [];
  let afterInPart = position;
  for (const part of parts.slice(Math.max(0, parts.indexOf(firstPart as Visibility)))) {
    if (entries.length === limit) {
      return { entries, positions, next: part };
    }
    const page = await readImagePart(store, part, principal, { limit: limit - entries.length, after: afterInPart });
    entries.push(...page.entries);
    positions.push(...page.positions.map((inPart) => `${part}@${inPart}`));
    if (page.next !== undefined) {
      return { entries, positions, next: `${part}@${page.next}` };
    }
    afterInPart = undefined;
  }
  return { entries, positions };
}

/** Reads one page of one part of the list. */
export async function readImagePart(
  store: Store,
  part: Visibility,
  principal: RegionalPrincipal,
  page: PageRequest,
  filter?: ListedFilter,
): Promise<PositionedPage<ListedImage>> {
  if (part !== 'shared') {
    const owner = part === 'owned' ? principal.principal : publicOwner;
    return store.ownedImages({ region: principal.region, principal: owner }, page, filter);
  }
  // Positions in the list of received images start with the time of sharing, so the shares aren't read.
  const { entries, positions, ...next } = await store.receivedImages(principal, page, filter);
  return { entries: entries.map((key, at) => ({ ...key, sharedAt: timeAt(positions[at] as string) })), positions, ...next };
}
