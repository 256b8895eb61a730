import { ActionError } from '../model/error.ts';
import type { Image } from '../model/image.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import { liveEntries, namesOf } from './recipients.ts';

/** Whether the image's data are there, so that servers and copies can be made from it. */
export const hasData = ({ state }: Pick<Image, 'state'>): boolean => state === 'available' || state === 'deprecated';

/** The refusal of what must not be done to an image while somebody holds it; undefined when nobody does. */
export function whyNotWhileShared(image: Image, now: Date, what: string, rule: RuleSlug): ActionError | undefined {
  const holders = namesOf(liveEntries(image.recipients, now));
  if (holders.length === 0) {
    return undefined;
  }
  return new ActionError('ImageShared', {
    detail: `Image ${image.imageId} is shared with ${holders.length} ${holders.length === 1 ? 'recipient' : 'recipients'} and cannot be ${what} in ${image.region}. Cancel its shares first.`,
    rule,
    holders,
    used: holders.length,
  });
}
