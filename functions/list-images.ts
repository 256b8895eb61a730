import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { isImagePosition, readImagePage } from '../lib/app/image-pages.ts';
import { trustedOwners } from '../lib/app/trusted-owners.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Flag, Instant, Limit, textOf } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { Architecture, ImageState } from '../lib/model/image.ts';
import { nameBytesMax, osBytesMax, tagKeyBytesMax, tagsMax, tagValueBytesMax } from '../lib/model/limits.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { ImageView } from '../lib/model/views/image.ts';
import { ListScope, matches, partsOf } from '../lib/rules/image-list.ts';
import { trustNotice } from '../lib/rules/security-notices.ts';
import { imageView } from '../lib/rules/views.ts';
import { visibilityOf } from '../lib/rules/visibility.ts';

const TagFilter = textOf(tagKeyBytesMax + 1 + tagValueBytesMax).refine((tag) => tag.indexOf(':') > 0, 'must be KEY:VALUE');

/**
 * Lists images of a region: first those that the caller owns, newest first, then those shared with the caller, the latest share
 * first. Public images are listed on request. The images themselves are read strongly consistently, so a page never contains an
 * image that was deleted or is no longer shared.
 *
 * Rules: received.visible, received.trust, received.privacy.
 */
export const listImages = action({
  name: 'ListImages',
  summary:
    'Lists the images of a region that you own, newest first, then those that are shared with you. Public images are listed on request.',
  routes: ['GET /regions/{region}/images'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region }),
  query: z.strictObject({
    scope: ListScope.optional().meta({
      description: 'Images to list. Default: owned images, then shared ones.',
    }),
    name: textOf(nameBytesMax).optional().meta({ description: 'Part of the name, case-insensitive.' }),
    state: ImageState.optional(),
    owner: PrincipalId.optional(),
    imageId: ImageId.optional(),
    os: textOf(osBytesMax).optional().meta({ description: 'Part of the operating system, case-insensitive.' }),
    architecture: Architecture.optional(),
    search: textOf(nameBytesMax).optional().meta({
      description: 'Part of the name, ID, operating system, or architecture, case-insensitive.',
    }),
    trusted: Flag.optional().meta({
      description: 'true: only shared images from owners that the account, or the project that it acts as, trusts.',
    }),
    expiringBefore: Instant.optional().meta({
      description: 'Only images shared with you whose share expires before this time.',
    }),
    tag: z.array(TagFilter).max(tagsMax).optional().meta({ description: 'KEY:VALUE. Repeatable; all must match.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ images: z.array(ImageView), nextCursor: NextCursor, notice: z.string().optional() }),

  async run({ region, scope, limit, cursor, trusted, ...filters }, context) {
    const { principalByToken, readAsPrincipal, read, store, policyOf, tenant, now } = context;
    const policy = policyOf(region);
    const { account } = tenant();
    // The issuer of the credentials vouches for the account. Whether it is open is read together with the first images.
    const known = trusted === true ? undefined : principalByToken(region);
    const facts =
      known === undefined ? await readAsPrincipal(region, trusted === true ? { accounts: [account] } : {}) : { principal: known };
    const { principal } = facts;
    const filter = { ...filters, ...('accounts' in facts && trusted && { trusted: await trustedOwners(account, facts, read) }) };
    const parts = partsOf(scope);
    const cursors = cursorsOf(['images', region, principal, scope, trusted, filters]);
    const after = cursors.read(cursor, isImagePosition);
    const isFiltered = trusted === true || Object.values(filter).some((value) => value !== undefined);
    let isOpen = known === undefined;
    const { entries, next } = await fillPage(
      { limit, after, isFiltered },
      (page) => readImagePage(store, { region, principal }, parts, page),
      async (keys) => {
        const { images } = await (isOpen ? read({ images: keys }) : readAsPrincipal(region, { images: keys }));
        isOpen = true;
        const byId = new Map(images.map((image) => [image.imageId, image]));
        return keys.map(({ imageId, sharedAt }) => {
          const image = byId.get(imageId);
          const visibility = visibilityOf(image, principal, now());
          return image !== undefined &&
            visibility !== undefined &&
            parts.includes(visibility) &&
            matches(image, { visibility, principal }, filter)
            ? imageView(image, visibility, { policy, now: now(), principal, sharedAt })
            : undefined;
        });
      },
    );
    return {
      images: [...entries],
      ...(next !== undefined && { nextCursor: cursors.at(next) }),
      ...(parts.includes('shared') && { notice: trustNotice }),
    };
  },
});

export const handler = serve(listImages);
