import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { readPlanned } from '../lib/app/share-planned.ts';
import { serve } from '../lib/http/serve.ts';
import { textOf } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { ImageState } from '../lib/model/image.ts';
import { stateReasonBytesMax } from '../lib/model/limits.ts';
import { planStateReport } from '../lib/rules/update-image.ts';
import { imageNotFound } from '../lib/rules/visibility.ts';
import type { Facts, Store } from '../lib/table/store.ts';

/**
 * Records the compute platform's report that a pending or copying image is available or has failed. A copy that becomes available
 * is shared as its copy job planned.
 *
 * Rules: owner.copies-and-shares.
 */
export const reportImageState = action({
  name: 'ReportImageState',
  summary: 'Reports that a pending or copying image is available or has failed. For the compute platform.',
  routes: ['PUT /regions/{region}/images/{imageId}/state'],
  callers: ['compute'],
  refuses: ['ImageNotFound', 'ImageNotUsable'],
  changes: true,
  path: z.strictObject({ region: Region, imageId: ImageId }),
  body: z.strictObject({ state: z.enum(['available', 'failed']), reason: textOf(stateReasonBytesMax).optional() }),
  response: z.strictObject({ imageId: ImageId, region: Region, state: ImageState, stateReason: z.string().optional() }),

  run({ region, imageId, ...report }, { change, policyOf }) {
    const policy = policyOf(region);
    const key = { region, imageId };
    const loadMore = (facts: Facts, store: Store) => readPlanned(facts, store, policy);
    return change({ images: [key], loadMore }, ({ image, planned }, stamp) => {
      if (image === undefined || image.deletedAt !== undefined) {
        throw imageNotFound(key);
      }
      const { steps, result } = planStateReport(report, image, { policy, planned, stamp });
      const { state, stateReason } = result;
      return {
        steps,
        result: { imageId, region, state: state as ImageState, ...(stateReason !== undefined && { stateReason }) },
      };
    });
  },
});

export const handler = serve(reportImageState);
