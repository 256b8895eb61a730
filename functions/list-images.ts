import * as z from 'zod';
import { action } from '../lib/http/action.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Limit, textOf } from '../lib/model/fields.ts';
import { HolderId, Region } from '../lib/model/ids.ts';
import { ImageState } from '../lib/model/image.ts';
import { labelKeyBytesMax, labelsMax, labelValueBytesMax, nameBytesMax } from '../lib/model/maxima.ts';
import { ImageView, NextCursor } from '../lib/model/views.ts';
import { asksFor, ListScope, matches, partsOf } from '../lib/rules/image-list.ts';
import { trustNotice } from '../lib/rules/notices.ts';
import { imageView } from '../lib/rules/views.ts';
import { visibilityOf } from '../lib/rules/visibility.ts';
import { imagesInParts, isImagePosition } from '../lib/store/image-pages.ts';

const LabelFilter = textOf(labelKeyBytesMax + 1 + labelValueBytesMax).refine(
  (label) => label.indexOf(':') > 0,
  'must be KEY:VALUE',
);

/**
 * Lists the caller's own images of a region, oldest first, then those shared with it, by time of sharing. What a page
 * shows is read strongly consistent: nothing cancelled or deleted is ever in it.
 *
 * Refuses with: InvalidRequest. Rules: received.visible, received.trust, received.privacy.
 */
export const listImages = action({
  name: 'ListImages',
  summary: "Lists the caller's own images of a region, then those shared with it.",
  routes: ['GET /regions/{region}/images'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    scope: ListScope.default('all').meta({
      description: 'Own images, images shared with the caller, or the former and then the latter.',
    }),
    name: textOf(nameBytesMax).optional().meta({ description: 'A part of the name, in any case.' }),
    state: ImageState.optional(),
    owner: HolderId.optional(),
    label: z
      .array(LabelFilter)
      .max(labelsMax)
      .optional()
      .meta({ description: 'KEY:VALUE; may be repeated, and then all must match.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ images: z.array(ImageView), nextCursor: NextCursor, notice: z.string().optional() }),

  async run({ region, scope, limit, cursor, ...filter }, { readAs, read, patiently, store, policyOf, now }) {
    const policy = policyOf(region);
    const { holder } = await readAs(region, {});
    const cursors = cursorsOf(['images', region, holder, scope, filter]);
    const after = cursors.read(cursor, isImagePosition);
    const { keys, next } = await patiently(() => imagesInParts(store, { region, holder }, partsOf(scope), { limit, after }));
    const { images } = await read({ images: keys });
    const shown = images.flatMap((image) => {
      const visibility = visibilityOf(image, holder, now());
      return visibility !== undefined && asksFor(scope, visibility) && matches(image, filter)
        ? [imageView(image, visibility, { policy, now: now() })]
        : [];
    });
    return {
      images: shown,
      ...(next !== undefined && { nextCursor: cursors.at(next) }),
      ...(scope !== 'owned' && { notice: trustNotice }),
    };
  },
});

export const handler = serve(listImages);
