import type { ImageKey } from '../model/ids.ts';
import type { PageRequest, QuotaKey, Store } from './store.ts';

/** The lists of images that a holder has, in the order in which they are read. */
export type ImagePart = 'owned' | 'shared';

/** A position in the lists of images: the part, and the position in it. */
const positionForm = /^(owned|shared)(?:@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9._-]+))?$/;

export const isImagePosition = (position: string): boolean => positionForm.test(position);

/** Reads one page of a holder's images, part after part, from the position `after` on that an earlier page ended at. */
export async function imagesInParts(
  store: Store,
  holder: QuotaKey,
  parts: readonly ImagePart[],
  { limit, after }: PageRequest,
): Promise<{ keys: readonly ImageKey[]; next?: string }> {
  const [, stated, position] = positionForm.exec(after ?? '') ?? [];
  const keys: ImageKey[] = [];
  let within = position;
  for (const part of parts.slice(Math.max(0, parts.indexOf(stated as ImagePart)))) {
    if (keys.length === limit) {
      return { keys, next: part };
    }
    const page = { limit: limit - keys.length, after: within };
    const { entries, next } = part === 'owned' ? await store.ownedImages(holder, page) : await store.receivedImages(holder, page);
    keys.push(...entries);
    if (next !== undefined) {
      return { keys, next: `${part}@${next}` };
    }
    within = undefined;
  }
  return { keys };
}
