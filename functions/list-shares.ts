import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { isPositionByImage, isPositionByTime, sharesByImage, sharesByTime } from '../lib/app/share-pages.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Instant, Limit } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { OwnedShareView } from '../lib/model/views/share.ts';
import { ownedShareView } from '../lib/rules/owned-shares.ts';

/**
 * Lists the shares of the caller's images, in a region or in all of them. The shares with a recipient, or of an image, are in
 * order of time, the latest first. Otherwise they are in order of images, the newest image first. The images are read strongly
 * consistently, so a stopped or expired share is never listed.
 *
 * Rules: owner.lists-shares, received.privacy.
 */
export const listShares = action({
  name: 'ListShares',
  summary: 'Lists the shares of all your images, in a region or in all of them.',
  routes: ['GET /shares', 'GET /regions/{region}/shares'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region.optional() }),
  query: z.strictObject({
    recipient: PrincipalId.optional().meta({ description: 'Only shares with this recipient, the latest first.' }),
    imageId: ImageId.optional().meta({ description: 'Only shares of this image, the latest first.' }),
    expiringBefore: Instant.optional().meta({ description: 'Only shares that expire before this time.' }),
    unusedSince: Instant.optional().meta({
      description: 'Only shares that existed before this time and that the recipient has not used since.',
    }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ shares: z.array(OwnedShareView), nextCursor: NextCursor }),

  async run({ region, limit, cursor, imageId, ...filter }, { readPrincipals, store, now }) {
    const owners = await readPrincipals(region === undefined ? undefined : [region]);
    const cursors = cursorsOf(['shares', owners, imageId, filter]);
    const isByTime = filter.recipient !== undefined || imageId !== undefined;
    const page = { limit, after: cursors.read(cursor, isByTime ? isPositionByTime : isPositionByImage) };
    const { entries, next } = isByTime
      ? await sharesByTime(store, owners, { ...filter, imageId }, page, now())
      : await sharesByImage(store, owners, filter, page, now());
    return { shares: entries.map(ownedShareView), ...(next !== undefined && { nextCursor: cursors.at(next) }) };
  },
});

export const handler = serve(listShares);
