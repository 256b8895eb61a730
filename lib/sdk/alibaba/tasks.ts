import * as z from 'zod';
import type { ImageId } from '../../model/ids.ts';
import type { ImageState } from '../../model/image.ts';
import type { ImageView } from '../../model/views/image.ts';
import { findImage } from '../find-image.ts';
import { type Fields, ProviderError, wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { taskNotFound, withValue } from './error-codes.ts';
import { absentFilters, timeIn } from './filters.ts';
import { progressOf } from './image-view.ts';
import { PageParameters, pageOf } from './paging.ts';
import { IdList, oneOf } from './parameters.ts';
import { toMinute } from './times.ts';

/** Returns the ID of the task that imports an image. It is derived from the image's ID. */
export const taskIdOf = (imageId: ImageId): string => imageId.replace('m-', 't-');

const statuses = {
  pending: 'Processing',
  copying: 'Processing',
  available: 'Finished',
  deprecated: 'Finished',
  failed: 'Failed',
} as const satisfies Readonly<Record<ImageState, string>>;

/** Only imports are tasks here, for as long as the image exists. */
const isImport = ({ visibility, origin }: ImageView): boolean => visibility === 'owned' && origin === 'import';

const Time = Text.transform((text, context): number => {
  const time = timeIn(text);
  if (time === undefined) {
    context.addIssue({ code: 'custom', message: 'must be a time such as 2020-11-23T15:10:00Z' });
    return z.NEVER;
  }
  return time;
});

const absent = absentFilters({ TaskGroupId: Text });

/** Lists the tasks that imported the caller's images, newest first. */
export const describeTasks = wireAction({
  parameters: z.object({
    ...PageParameters,
    ...absent.parameters,
    TaskIds: IdList.optional(),
    TaskAction: oneOf(['ImportImage', 'ExportImage', 'RedeployInstance', 'ModifyDiskSpec', 'ArchiveSnapshot']).default(
      'ImportImage',
    ),
    TaskStatus: oneOf(['Finished', 'Processing', 'Failed']).optional(),
    ResourceIds: z.array(Text).max(100, 'must be at most 100 IDs').optional(),
    StartTime: Time.optional(),
    EndTime: Time.optional(),
  }),
  run: async (request, service) => {
    const isPossible = !absent.areSet(request) && request.TaskAction === 'ImportImage';
    const images = (isPossible ? await service.listImages('owned') : []).filter(
      (image) =>
        isImport(image) &&
        (request.TaskIds?.includes(taskIdOf(image.imageId)) ?? true) &&
        (request.TaskStatus ?? statuses[image.state]) === statuses[image.state] &&
        (request.ResourceIds?.includes(image.imageId) ?? true) &&
        Date.parse(image.createdAt) >= (request.StartTime ?? Number.NEGATIVE_INFINITY) &&
        Date.parse(image.createdAt) <= (request.EndTime ?? Number.POSITIVE_INFINITY),
    );
    const { entries, fields } = pageOf(images, request);
    return {
      ...fields,
      RegionId: service.region,
      TaskSet: { Task: entries.map((image) => ({ ...taskFields(image), ResourceId: image.imageId })) },
    };
  },
});

/** Returns the task that imported an image. */
export const describeTaskAttribute = wireAction({
  parameters: z.object({ TaskId: Text }),
  run: async ({ TaskId }, service) => {
    const image = await findImage(TaskId.replace('t-', 'm-'), service);
    if (image === undefined || !isImport(image) || taskIdOf(image.imageId) !== TaskId) {
      throw new ProviderError(withValue(taskNotFound, 'TaskId', TaskId));
    }
    const status = statuses[image.state];
    return {
      ...taskFields(image),
      RegionId: service.region,
      TaskProcess: progressOf(image),
      TotalCount: 1,
      SuccessCount: status === 'Finished' ? 1 : 0,
      FailedCount: status === 'Failed' ? 1 : 0,
      OperationProgressSet: {
        OperationProgress: [
          {
            OperationStatus: { Finished: 'Success', Failed: 'Failed', Processing: 'Processing' }[status],
            ErrorCode: status === 'Failed' ? 'ImportImageFailed' : '',
            ErrorMsg: image.stateReason ?? '',
            RelatedItemSet: { RelatedItem: [{ Name: 'ImageId', Value: image.imageId }] },
          },
        ],
      },
    };
  },
});

const taskFields = (image: ImageView): Fields => ({
  TaskId: taskIdOf(image.imageId),
  TaskAction: 'ImportImage',
  TaskStatus: statuses[image.state],
  SupportCancel: 'false',
  CreationTime: toMinute(image.createdAt),
  // Only an image that never changed is known to have been available since it was created.
  FinishedTime: statuses[image.state] === 'Finished' && image.revision === 1 ? toMinute(image.createdAt) : '',
});
