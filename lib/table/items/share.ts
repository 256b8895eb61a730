/** Shares: since when and by whom a recipient has an image. They grant nothing; the image's map does. */
import type { ImageKey, PrincipalId, Region } from '../../model/ids.ts';
import type { Share } from '../../model/image.ts';
import type { Item } from '../item.ts';
import { filled, type Key, keyOf, schema } from '../schema.ts';
import { usesApartMs } from '../store.ts';
import type { Write, Writes } from '../write.ts';
import { imageKeyOf } from './image.ts';

export const shareKey = (key: ImageKey, recipient: PrincipalId): Key => keyOf(schema.share, { ...key, recipient });

/** What the sort keys of all shares of an image start with. */
export const sharePrefix = filled(schema.share.SK, { recipient: '' });

/** The index's partition of what an account or project received. */
export const receivedPartition = ({ region, principal }: { region: Region; principal: PrincipalId }): string =>
  filled(schema.share.GSI1PK, { region, recipient: principal });

/** Where a share stands in the list of its recipient. */
export const receivedPosition = ({ sharedAt, imageId }: Pick<Share, 'sharedAt' | 'imageId'>): string =>
  filled(schema.share.GSI1SK, { sharedAt: sharedAt.toISOString(), imageId });

export const shareItem = (share: Share): Item => ({
  ...shareKey(share, share.recipient),
  GSI1PK: filled(schema.share.GSI1PK, share),
  GSI1SK: receivedPosition(share),
  recipient: share.recipient,
  sharedAt: share.sharedAt.toISOString(),
  sharedBy: share.sharedBy,
  recordId: share.recordId,
  ...(share.lastUsedAt !== undefined && { lastUsedAt: share.lastUsedAt.toISOString() }),
});

export const shareFrom = (item: Item): Share => ({
  ...imageKeyOf(item),
  recipient: item['recipient'] as PrincipalId,
  sharedAt: new Date(item['sharedAt'] as string),
  sharedBy: item['sharedBy'] as string,
  recordId: item['recordId'] as string,
  ...(item['lastUsedAt'] !== undefined && { lastUsedAt: new Date(item['lastUsedAt'] as string) }),
});

export const shareWrites: Writes<'put-share' | 'remove-share'> = {
  'put-share': ({ share }) => ({ Put: { Item: shareItem(share) } }),

  'remove-share': ({ key, recipient, recordId }) => ({
    Delete: {
      Key: shareKey(key, recipient),
      ...(recordId !== undefined && {
        ConditionExpression: 'recordId = :recordId',
        ExpressionAttributeValues: { ':recordId': recordId },
      }),
    },
  }),
};

/** Notes that a share was used, unless it is gone or that was noted less than a minute before. */
export const shareUse = (key: ImageKey, recipient: PrincipalId, at: Date) =>
  ({
    Key: shareKey(key, recipient),
    UpdateExpression: 'SET lastUsedAt = :at',
    ConditionExpression: 'attribute_exists(PK) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :aMinuteAgo)',
    ExpressionAttributeValues: {
      ':at': at.toISOString(),
      ':aMinuteAgo': new Date(at.getTime() - usesApartMs).toISOString(),
    },
  }) satisfies Write['Update'];
