import { importImage } from '../../../functions/import-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { noon, secondsFromNoon } from '../../support/builders.ts';
import { share } from '../../support/client.ts';
import { clock, compute } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;
const taskIdOf = (imageId: unknown) => String(imageId).replace(/^m-/, 't-');

let owner: EcsAccount;

beforeEach(async () => {
  clock.at = noon;
  owner = await freshEcsAccount();
});

const pending = async () => (await owner.api.ok(importImage, { region, name: 'pending', sizeGiB: 20, state: 'pending' })).imageId;
const tasks = async (parameters: Parameters = {}, account = owner) =>
  entriesOf(await account.ok('DescribeTasks', parameters), 'TaskSet', 'Task');
const taskNotFound = { status: 400, code: 'InvalidTaskId.NotFound' };

describe('DescribeTaskAttribute', () => {
  it('returns the task of ImportImage as finished', async () => {
    const { TaskId, ImageId } = await owner.ok('ImportImage', { ImageName: 'web' });

    expect(await owner.ok('DescribeTaskAttribute', { TaskId })).toMatchObject({
      TaskId,
      RegionId,
      TaskAction: 'ImportImage',
      TaskStatus: 'Finished',
      TaskProcess: '100%',
      SupportCancel: 'false',
      CreationTime: '2026-11-22T12:00Z',
      FinishedTime: '2026-11-22T12:00Z',
      TotalCount: 1,
      SuccessCount: 1,
      FailedCount: 0,
      OperationProgressSet: {
        OperationProgress: [
          {
            OperationStatus: 'Success',
            ErrorCode: '',
            ErrorMsg: '',
            RelatedItemSet: { RelatedItem: [{ Name: 'ImageId', Value: ImageId }] },
          },
        ],
      },
    });
  });

  it('follows the state of the image', async () => {
    const imageId = await pending();
    const TaskId = taskIdOf(imageId);
    expect(await owner.ok('DescribeTaskAttribute', { TaskId })).toMatchObject({
      TaskStatus: 'Processing',
      TaskProcess: '0%',
      FinishedTime: '',
      SuccessCount: 0,
      OperationProgressSet: { OperationProgress: [{ OperationStatus: 'Processing', ErrorCode: '', ErrorMsg: '' }] },
    });

    await compute().ok(reportImageState, { region, imageId, state: 'failed', reason: 'bad file' });
    expect(await owner.ok('DescribeTaskAttribute', { TaskId })).toMatchObject({
      TaskStatus: 'Failed',
      FailedCount: 1,
      OperationProgressSet: {
        OperationProgress: [{ OperationStatus: 'Failed', ErrorCode: 'ImportImageFailed', ErrorMsg: 'bad file' }],
      },
    });
    const available = await pending();
    await compute().ok(reportImageState, { region, imageId: available, state: 'available' });
    expect(await owner.ok('DescribeTaskAttribute', { TaskId: taskIdOf(available) })).toMatchObject({
      TaskStatus: 'Finished',
      FinishedTime: '',
    });
  });

  it('refuses tasks of other accounts, of copies, of deleted images, and malformed IDs', async () => {
    const { TaskId, ImageId } = await owner.ok('ImportImage');
    const recipient = await freshEcsAccount();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    const { ImageId: saved } = await recipient.ok('CopyImage', { ImageId });

    for (const id of [TaskId, taskIdOf(saved), ImageId, 't-missing', '../x']) {
      expect(await recipient.refused('DescribeTaskAttribute', { TaskId: id })).toMatchObject(taskNotFound);
    }
    expect(await owner.refused('DescribeTaskAttribute', { TaskId: ImageId })).toMatchObject(taskNotFound);
    expect(await owner.refused('DescribeTaskAttribute')).toMatchObject({ code: 'MissingParameter' });
    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    await owner.ok('DeleteImage', { ImageId });
    expect(await owner.refused('DescribeTaskAttribute', { TaskId })).toMatchObject({
      ...taskNotFound,
      message: `The specified "TaskId" is not found. TaskId: ${JSON.stringify(TaskId)}.`,
    });
  });
});

describe('DescribeTasks', () => {
  it('lists the imports of the caller, newest first, and not copies', async () => {
    const { TaskId: first, ImageId } = await owner.ok('ImportImage');
    await owner.ok('CopyImage', { ImageId });
    clock.at = secondsFromNoon(60);
    const second = taskIdOf(await pending());

    expect(await tasks()).toMatchObject([
      { TaskId: second, TaskStatus: 'Processing', TaskAction: 'ImportImage' },
      { TaskId: first, TaskStatus: 'Finished', ResourceId: ImageId },
    ]);
    expect(await tasks({ TaskIds: `${first}` })).toMatchObject([{ TaskId: first }]);
    expect(await tasks({ TaskStatus: 'Processing' })).toMatchObject([{ TaskId: second }]);
    expect(await tasks({ TaskAction: 'ImportImage', ResourceIds: [ImageId] })).toMatchObject([{ TaskId: first }]);
    expect(await tasks({ StartTime: '2026-11-22T12:00:30Z' })).toMatchObject([{ TaskId: second }]);
    expect(await tasks({ EndTime: '2026-11-22T12:00:30Z' })).toMatchObject([{ TaskId: first }]);
    expect(await tasks({ StartTime: '2026-11-22T12:00:00Z', EndTime: '2026-11-22T12:01:00Z' })).toHaveLength(2);
    expect(await tasks({ TaskAction: 'ExportImage' })).toEqual([]);
    expect(await owner.ok('DescribeTasks', { PageSize: 1, PageNumber: 2 })).toMatchObject({
      TotalCount: 2,
      PageNumber: 2,
      PageSize: 1,
      RegionId,
      TaskSet: { Task: [{ TaskId: first }] },
    });
    expect(await tasks({}, await freshEcsAccount())).toEqual([]);
  });
});
