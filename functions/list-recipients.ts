import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { everyEntry } from '../lib/app/every-entry.ts';
import { everyOwnedImage } from '../lib/app/owned-images.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Instant, Limit, textOf } from '../lib/model/fields.ts';
import { Region } from '../lib/model/ids.ts';
import { noteBytesMax } from '../lib/model/limits.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { RecipientView } from '../lib/model/views/share.ts';
import { matchesRecipient, recipientViews } from '../lib/rules/owned-shares.ts';
import { isPrincipalPosition } from '../lib/table/positions.ts';

/**
 * Lists the accounts and projects that the caller's images are shared with, in order of their IDs. Reads all images of the caller
 * for each page, and the address book if there is a search.
 *
 * Rules: owner.lists-shares, received.privacy.
 */
export const listRecipients = action({
  name: 'ListRecipients',
  summary: 'Lists everyone that your images are shared with, in a region or in all of them: how many images, and where.',
  routes: ['GET /recipients', 'GET /regions/{region}/recipients'],
  callers: ['tenant'],
  path: z.strictObject({ region: Region.optional() }),
  query: z.strictObject({
    search: textOf(noteBytesMax).optional().meta({
      description:
        'Part of the ID of the recipient, or of its name or note in the address book of your account, case-insensitive. Calls that are limited to a project find only IDs.',
    }),
    expiringBefore: Instant.optional().meta({ description: 'Only recipients with a share that expires before this time.' }),
    limit: Limit,
    cursor: Cursor,
  }),
  response: z.strictObject({ recipients: z.array(RecipientView), nextCursor: NextCursor }),

  async run({ region, limit, cursor, ...filter }, { readPrincipals, store, now, tenant }) {
    const owners = await readPrincipals(region === undefined ? undefined : [region]);
    const cursors = cursorsOf(['recipients', owners, filter]);
    const after = cursors.read(cursor, isPrincipalPosition) ?? '';
    const { account, project } = tenant();
    const [images, book] = await Promise.all([
      everyOwnedImage(store, owners, now()),
      // The address book is for the account only.
      filter.search === undefined || project !== undefined ? [] : everyEntry((page) => store.addressBook(account, page)),
    ]);
    const entries = new Map(book.map((entry) => [entry.principalId, entry]));
    const recipients = recipientViews(images, now()).filter(
      (view) => view.recipient > after && matchesRecipient(view, filter, entries.get(view.recipient)),
    );
    const page = recipients.slice(0, limit);
    const last = recipients.length > limit ? page.at(-1) : undefined;
    return { recipients: page, ...(last && { nextCursor: cursors.at(last.recipient) }) };
  },
});

export const handler = serve(listRecipients);
