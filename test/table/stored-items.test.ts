import type { CopyJobId } from '../../lib/model/ids.ts';
import type { ImageChange } from '../../lib/model/plan.ts';
import type { ChangeRecord, CleanUpTask } from '../../lib/model/record.ts';
import { imageFrom, imageItem, imageWrites } from '../../lib/table/items/image.ts';
import { instanceFrom, instanceWrites } from '../../lib/table/items/instance.ts';
import { recordFrom, recordItem } from '../../lib/table/items/record.ts';
import { taskFrom, taskKey, taskWrites } from '../../lib/table/items/task.ts';
import { anImage, anInstance, noon, noonSeconds, principal } from '../support/builders.ts';

/** Items as version 0.1.0 stored them. */
const stored = {
  image: {
    PK: 'IMAGE#ap-guangzhou#img-00000001',
    SK: 'IMAGE',
    GSI1PK: 'ENDED#ap-guangzhou#owner',
    GSI1SK: '2026-11-22T12:00:00.000Z#img-00000001',
    owner: 'owner',
    name: 'web',
    description: '',
    state: 'deleted',
    os: 'Debian 12',
    architecture: 'x86_64',
    product: 'standard',
    products: ['standard'],
    disksGiB: [20],
    encryption: 'none',
    revision: 1,
    detailsRevision: 1,
    lastRecordId: 'record-0',
    labels: new Map([['role', 'web']]),
    recipients: new Map(),
    createdAt: '2026-11-22T12:00:00.000Z',
    endedAt: '2026-11-22T12:00:00.000Z',
    ttl: 1_829_908_800,
  },
  instance: {
    PK: 'INSTANCE#ap-guangzhou#ins-00000001',
    SK: 'INSTANCE',
    GSI1PK: 'INSTANCES#ap-guangzhou#owner',
    GSI1SK: '2026-11-22T12:00:00.000Z#ins-00000001',
    holder: 'owner',
    imageId: 'img-00000001',
    product: 'standard',
    os: 'Debian 12',
    architecture: 'x86_64',
    disksGiB: [20],
    encryption: 'none',
    createdAt: '2026-11-22T12:00:00.000Z',
  },
  record: {
    PK: 'IMAGE#ap-guangzhou#img-00000001',
    SK: 'RECORD#record-1',
    GSI1PK: 'RECORDS#account#owner',
    GSI1SK: 'record-1',
    record: {
      id: 'record-1',
      at: '2026-11-22T12:00:00.000Z',
      actor: 'owner',
      action: 'ShareImage',
      region: 'ap-guangzhou',
      imageId: 'img-00000001',
      recipients: ['h01'],
      requestId: 'request-1',
      holder: 'owner',
      holderKind: 'account',
    },
  },
  task: {
    PK: 'DUE#5',
    SK: '001795348800#holder#acme#acme',
    kind: 'holder',
    dueAt: 1_795_348_800,
    ref: 'acme',
    holder: 'acme',
    holderKind: 'account',
  },
};

const image = anImage({ state: 'deleted', deletedAt: noon, tags: { role: 'web' } });
const instance = anInstance();
const record: ChangeRecord = {
  id: 'record-1',
  at: noon,
  actor: 'owner',
  action: 'ShareImage',
  region: image.region,
  imageId: image.imageId,
  recipients: [principal('h01')],
  requestId: 'request-1',
  principal: principal('owner'),
  principalKind: 'account',
};
const acme = principal('acme');
const task: CleanUpTask = { kind: 'principal', dueAt: noonSeconds, ref: acme, principal: acme, principalKind: 'account' };
const ofImage = { dueAt: noonSeconds, ref: 'r', region: image.region, imageId: image.imageId };

describe('items stored by version 0.1.0', () => {
  it('can be read', () => {
    const recipients = { h01: 0, h02: noonSeconds };
    expect(imageFrom({ ...stored.image, labels: { role: 'web' }, recipients })).toEqual({ ...image, recipients });
    expect(instanceFrom(stored.instance)).toEqual(instance);
    expect(recordFrom(stored.record)).toEqual(record);
    expect(taskFrom(stored.task)).toEqual(task);
  });

  it('are still written identically, except for recipients', () => {
    const { recipients: _, ...rest } = stored.image;
    expect(imageItem(image)).toEqual({ ...rest, expiring: new Map() });
    expect(instanceWrites['create-instance']({ do: 'create-instance', instance }).Put?.Item).toEqual(stored.instance);
    expect(recordItem(record)).toEqual(stored.record);
    expect(taskWrites['schedule-clean-up']({ do: 'schedule-clean-up', task }).Put?.Item).toEqual(stored.task);
  });

  it.each<[CleanUpTask, object]>([
    [task, { PK: stored.task.PK, SK: stored.task.SK }],
    [
      { ...ofImage, kind: 'image' },
      { PK: 'DUE#0', SK: '001795348800#image#ap-guangzhou#img-00000001#r' },
    ],
    [
      { ...ofImage, kind: 'shares', recipients: [acme] },
      { PK: 'DUE#0', SK: '001795348800#shares#ap-guangzhou#img-00000001#r' },
    ],
    [
      { kind: 'copy-job', dueAt: noonSeconds, ref: 'r', region: image.region, jobId: 'copy-1' as CopyJobId },
      { PK: 'DUE#0', SK: '001795348800#copy-job#ap-guangzhou#copy-1#r' },
    ],
  ])('keep their keys: the task %j', (each, key) => {
    expect(taskKey(each)).toEqual(key);
  });

  it('keep their attribute names in updates', () => {
    const names = namesIn({ details: { state: 'deleted', tags: {} }, deletedAt: noon });
    expect(names).toEqual(expect.arrayContaining(['labels', 'endedAt']));
    expect(names).not.toContain('tags');
  });
});

const namesIn = (change: ImageChange): string[] => {
  const write = imageWrites['change-image']({ do: 'change-image', key: image, owner: image.owner, expect: {}, change });
  return Object.values(write.Update?.ExpressionAttributeNames ?? {});
};
