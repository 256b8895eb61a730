/** Parts of several responses. */
import * as z from 'zod';
import { errorCodes } from '../error.ts';
import { ImageId, Region } from '../ids.ts';

export const Instant = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC.' });

/** An image in a response that is about several regions. */
export const ImageRef = z.strictObject({ region: Region, imageId: ImageId });

/** An image that couldn't be changed, and why. */
export const FailedChange = ImageRef.extend({ code: z.enum(errorCodes), detail: z.string() });

/** What a dry run adds to the response of an action that previews its changes. */
export const dryRunFields = {
  dryRun: z.literal(true).optional().meta({ description: 'Only in a dry run: nothing was changed.' }),
  allowed: z.literal(true).optional().meta({ description: 'Only in a dry run.' }),
};

export const NextCursor = z.string().optional().meta({ description: 'Cursor of the next page. Absent only on the last page.' });
