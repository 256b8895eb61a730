import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { fillPage } from '../lib/app/fill-page.ts';
import { cursorsOf } from '../lib/http/cursor.ts';
import { serve } from '../lib/http/serve.ts';
import { Cursor, Instant, Limit, lineOf } from '../lib/model/fields.ts';
import { ImageId, PrincipalId, Region } from '../lib/model/ids.ts';
import { actorBytesMax } from '../lib/model/limits.ts';
import { recordActions } from '../lib/model/record.ts';
import { NextCursor } from '../lib/model/views/common.ts';
import { RecordView } from '../lib/model/views/record.ts';
import { matchesRecord } from '../lib/rules/records.ts';
import { recordView } from '../lib/rules/views.ts';
import { isRecordPosition, recordPosition } from '../lib/table/positions.ts';

/**
 * Lists the records of a principal, newest first: the changes of its images, and of the shares that it received. The principal is
 * the project if the region's images belong to projects or the request names a project, and otherwise the account.
 *
 * Rules: audit.record, received.privacy.
 */
export const listRecords = action({
  name: 'ListRecords',
  summary: 'Lists changes to your images and to shares that you received, newest first.',
  routes: ['GET /records'],
  callers: ['tenant'],
  query: z
    .strictObject({
      region: Region.optional(),
      imageId: ImageId.optional(),
      action: z
        .array(z.enum(recordActions))
        .max(recordActions.length)
        .optional()
        .meta({ description: 'The recorded action. Repeatable; any can match.' }),
      actor: lineOf(actorBytesMax)
        .optional()
        .meta({ description: 'Who made the change: ACCOUNT/USER, or an account with all of its users.' }),
      recipient: PrincipalId.optional().meta({ description: 'A recipient that was added, rescheduled, or removed.' }),
      from: Instant.optional().meta({ description: 'Records at or after this time.' }),
      to: Instant.optional().meta({ description: 'Records before this time.' }),
      limit: Limit,
      cursor: Cursor,
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['to'],
      error: 'must not be before from',
    }),
  response: z.strictObject({ records: z.array(RecordView), nextCursor: NextCursor }),

  async run({ limit, cursor, action, actor, recipient, ...filter }, { readAsPrincipal, store }) {
    const { kind, principal: id } = await readAsPrincipal(filter.region, {});
    const principal = { kind, principal: id };
    const search = { action, actor, recipient };
    const cursors = cursorsOf(['records', principal, filter, search]);
    const after = cursors.read(cursor, (position) => isRecordPosition(position, filter));
    const isFiltered = [filter.region, filter.imageId, action, actor, recipient].some((value) => value !== undefined);
    const { entries, next } = await fillPage(
      { limit, after, isFiltered },
      async (page) => {
        const { entries, ...rest } = await store.records(principal, filter, page);
        return { entries, positions: entries.map((record) => recordPosition(record.id, record)), ...rest };
      },
      async (records) => records.map((record) => (matchesRecord(record, search) ? record : undefined)),
    );
    return { records: entries.map(recordView), ...(next !== undefined && { nextCursor: cursors.at(next) }) };
  },
});

export const handler = serve(listRecords);
