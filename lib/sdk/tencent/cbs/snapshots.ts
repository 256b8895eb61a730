/** Lists snapshots. They exist only as the disks of images. */
import * as z from 'zod';
import type { Region } from '../../../model/ids.ts';
import type { ImageState } from '../../../model/image.ts';
import { compareTexts } from '../../../model/order.ts';
import type { ImageView } from '../../../model/views/image.ts';
import { type Fields, ProviderError, wireAction } from '../../wire.ts';
import { Text } from '../../wire-fields.ts';
import { diskSnapshotsOf } from '../cvm/image-view.ts';
import { byNothing, byOneOf, byText, Filters, selectBy } from '../filters.ts';
import { pageOf, pageParameters, requireAtMost, timeOf } from '../parameters.ts';
import { zoneOfInstances, zonesOf } from '../regions.ts';

/** The disk of an image. */
interface Snapshot {
  readonly image: ImageView;
  readonly id: string;
  readonly usage: string;
  readonly sizeGiB: number;
}

const snapshotsOf = (image: ImageView): Snapshot[] =>
  diskSnapshotsOf(image).map(({ SnapshotId: id, DiskUsage: usage, DiskSize: sizeGiB }) => ({ image, id, usage, sizeGiB }));

/** A failed image has no snapshots. */
const states: Readonly<Record<Exclude<ImageState, 'failed'>, string>> = {
  pending: 'CREATING',
  copying: 'COPYING_FROM_REMOTE',
  available: 'NORMAL',
  deprecated: 'NORMAL',
};
const stateOf = ({ image }: Snapshot): string => states[image.state as keyof typeof states];
const typeOf = ({ image }: Snapshot): string => (image.visibility === 'owned' ? 'PRIVATE_SNAPSHOT' : 'SHARED_SNAPSHOT');
const isEncrypted = ({ image }: Snapshot): boolean => image.encryption !== 'none';

/**
 * Formats a snapshot for DescribeSnapshots. Source: the data type Snapshot in github.com/TencentCloud/tencentcloud-sdk-go,
 * cbs/v20170312/models.go.
 */
const cbsSnapshot = (snapshot: Snapshot): Fields => {
  const { image, id, usage, sizeGiB } = snapshot;
  const createdAt = timeOf(image.createdAt);
  return {
    SnapshotId: id,
    SnapshotName: image.name,
    SnapshotState: stateOf(snapshot),
    Percent: stateOf(snapshot) === 'NORMAL' ? 100 : 0,
    SnapshotType: typeOf(snapshot),
    SnapshotMode: 'STANDARD_SNAPSHOT',
    Placement: { Zone: zoneOfInstances(image.region), ProjectId: 0, ProjectName: null, DedicatedClusterId: '' },
    DiskId: '',
    DiskUsage: usage,
    DiskSize: sizeGiB,
    Encrypt: isEncrypted(snapshot),
    Images: [{ ImageId: image.imageId, ImageName: image.name }],
    ImageCount: 1,
    ShareReference: 0,
    CreateTime: createdAt,
    LatestModifyTime: createdAt,
    TimeStartShare: '',
    DeadlineTime: '',
    IsPermanent: true,
    IsLocked: false,
    CopyFromRemote: image.state === 'copying',
    CopyingToRegions: [],
    Tags: [],
  };
};

const snapshotIdForm = {
  test: (value: string) => value.startsWith('snap-'),
  reason: 'the ID of a snapshot such as snap-7gcxdy5n',
};

/**
 * Sources: the documentation and the error codes of DescribeSnapshots in the SDK for Go, and the provider for Terraform (`zone`).
 */
const filterRules = (region: Region) => ({
  filtersMax: 10,
  valuesMax: 10,
  unknownNameCode: 'InvalidFilter',
  valueCode: 'InvalidParameterValue',
  tooManyCode: 'InvalidParameterValue',
  byName: {
    'snapshot-id': byText(({ id }: Snapshot) => id, snapshotIdForm),
    'snapshot-name': byText(({ image }: Snapshot) => image.name),
    'snapshot-state': byOneOf(
      ['NORMAL', 'CREATING', 'ROLLBACKING', 'COPYING_FROM_REMOTE', 'CHECKING_COPIED', 'TORECYCLE'],
      stateOf,
    ),
    'snapshot-type': byOneOf(['PRIVATE_SNAPSHOT', 'SHARED_SNAPSHOT'], typeOf),
    'disk-usage': byOneOf(['SYSTEM_DISK', 'DATA_DISK'], ({ usage }: Snapshot) => usage),
    'disk-id': byNothing<Snapshot>(),
    'project-id': byText<Snapshot>(() => '0', { test: (value) => /^\d{1,15}$/.test(value), reason: 'an integer' }),
    encrypt: byOneOf(['true', 'false'], (snapshot: Snapshot) => String(isEncrypted(snapshot))),
    zone: byOneOf(
      zonesOf(region).map(({ zone }) => zone),
      () => zoneOfInstances(region),
    ),
  },
});

export const describeSnapshots = wireAction({
  parameters: z.strictObject({
    SnapshotIds: z.array(Text.refine(snapshotIdForm.test, `must be ${snapshotIdForm.reason}`)).default([]),
    Filters,
    ...pageParameters,
    OrderField: z.enum(['CREATE_TIME'], { error: 'must be CREATE_TIME' }).optional(),
    Order: z.enum(['ASC', 'DESC'], { error: 'must be ASC or DESC' }).optional(),
  }),
  async run({ SnapshotIds, Filters: filters, Order, ...page }, service) {
    requireAtMost(100, 'SnapshotIds', SnapshotIds);
    if (SnapshotIds.length > 0 && filters.length > 0) {
      throw new ProviderError({
        code: 'InvalidParameterValue',
        message: 'SnapshotIds and Filters cannot be specified at the same time.',
      });
    }
    const select = selectBy<Snapshot>(filters, filterRules(service.region));
    const ids = new Set(SnapshotIds);
    const isListed = ({ id, image }: Snapshot) => (ids.size === 0 ? image.visibility !== 'public' : ids.has(id));
    const snapshots = select((await service.listImages('all')).flatMap(snapshotsOf).filter(isListed));
    return { TotalCount: snapshots.length, SnapshotSet: pageOf(sortedBy(Order, snapshots), page).map(cbsSnapshot) };
  },
});

function sortedBy(order: 'ASC' | 'DESC' | undefined, snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const direction = order === 'ASC' ? 1 : -1;
  return order === undefined
    ? snapshots
    : snapshots.toSorted((a, b) => direction * compareTexts(a.image.createdAt, b.image.createdAt));
}
