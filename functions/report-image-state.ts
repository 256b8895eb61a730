import * as z from 'zod';
import { action } from '../lib/app/action.ts';
import { serve } from '../lib/http/serve.ts';
import { textOf } from '../lib/model/fields.ts';
import { ImageId, Region } from '../lib/model/ids.ts';
import { ImageState } from '../lib/model/image.ts';
import { stateReasonBytesMax } from '../lib/model/limits.ts';
import { planStateReport } from '../lib/rules/update-image.ts';
import { imageNotFound } from '../lib/rules/visibility.ts';

/** Records the compute platform's report that a pending or copying image is available or has failed. */
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
    return change({ images: [key] }, ({ image }, stamp) => {
      if (image === undefined || image.deletedAt !== undefined) {
        throw imageNotFound(key);
      }
      const { steps, result } = planStateReport(report, image, { policy, stamp });
      const { state, stateReason } = result;
      return {
        steps,
        result: { imageId, region, state: state as ImageState, ...(stateReason !== undefined && { stateReason }) },
      };
    });
  },
});

export const handler = serve(reportImageState);
