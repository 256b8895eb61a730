import type { ImageKey } from '../model/ids.ts';
import { publicOwner, type Visibility } from '../rules/visibility.ts';
import type { PageRequest, PositionedPage, RegionalPrincipal, Store } from '../table/store.ts';

/** A position in the combined list: the part, and the position in it. */
const positionForm = /^(owned|shared|public)(?:@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9._-]+))?$/;

export const isImagePosition = (position: string): boolean => positionForm.test(position);

/** Reads one page of a principal's images, part by part, starting after the position `after` of an earlier page. */
export async function readImagePage(
  store: Store,
  principal: RegionalPrincipal,
  parts: readonly Visibility[],
  { limit, after }: PageRequest,
): Promise<PositionedPage<ImageKey>> {
  const [, firstPart, position] = positionForm.exec(after ?? '') ?? [];
  const entries: ImageKey[] = [];
  const positions: string[] = [];
  let afterInPart = position;
  for (const part of parts.slice(Math.max(0, parts.indexOf(firstPart as Visibility)))) {
    if (entries.length === limit) {
      return { entries, positions, next: part };
    }
    const page = await pageOf(store, part, principal, { limit: limit - entries.length, after: afterInPart });
    entries.push(...page.entries);
    positions.push(...page.positions.map((inPart) => `${part}@${inPart}`));
    if (page.next !== undefined) {
      return { entries, positions, next: `${part}@${page.next}` };
    }
    afterInPart = undefined;
  }
  return { entries, positions };
}

function pageOf(
  store: Store,
  part: Visibility,
  principal: RegionalPrincipal,
  page: PageRequest,
): Promise<PositionedPage<ImageKey>> {
  switch (part) {
    case 'owned':
      return store.ownedImages(principal, page);
    case 'shared':
      return store.receivedImages(principal, page);
    case 'public':
      return store.ownedImages({ region: principal.region, principal: publicOwner }, page);
  }
}
