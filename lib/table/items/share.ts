/** Shares: when and by whom an image was shared with a recipient. Only the recipient map of the image grants access. */
import type { ImageKey, PrincipalId, Region } from '../../model/ids.ts';
import { type ListedShare, type Share, shareUseIntervalMs } from '../../model/image.ts';
import type { Item } from '../item.ts';
import { Placeholders } from '../placeholders.ts';
import { fillPattern, type Key, keyOf, schema } from '../schema.ts';
import type { Write, Writes } from '../write.ts';
import { imageKeyOf } from './image.ts';

export const shareKey = (key: ImageKey, recipient: PrincipalId): Key => keyOf(schema.share, { ...key, recipient });

/** The prefix of the sort keys of all shares of an image. */
export const sharePrefix = fillPattern(schema.share.SK, { recipient: '' });

/** The index partition of the images shared with a principal. */
export const receivedPartition = ({ region, principal }: { region: Region; principal: PrincipalId }): string =>
  fillPattern(schema.share.GSI1PK, { region, recipient: principal });

/** The position of a share in the list of its recipient. */
export const receivedPosition = ({ sharedAt, imageId }: Pick<Share, 'sharedAt' | 'imageId'>): string =>
  fillPattern(schema.share.GSI1SK, { sharedAt: sharedAt.toISOString(), imageId });

export const shareItem = (share: Share): Item => ({
  ...shareKey(share, share.recipient),
  GSI1PK: fillPattern(schema.share.GSI1PK, share),
  GSI1SK: receivedPosition(share),
  recipient: share.recipient,
  sharedAt: share.sharedAt.toISOString(),
  sharedBy: share.sharedBy,
  recordId: share.recordId,
  ...(share.lastUsedAt !== undefined && { lastUsedAt: share.lastUsedAt.toISOString() }),
  ...share.listed,
});

export const shareFrom = (item: Item): Share => ({
  ...imageKeyOf(item),
  recipient: item['recipient'] as PrincipalId,
  sharedAt: new Date(item['sharedAt'] as string),
  sharedBy: item['sharedBy'] as string,
  recordId: item['recordId'] as string,
  ...(item['lastUsedAt'] !== undefined && { lastUsedAt: new Date(item['lastUsedAt'] as string) }),
  listed: { endsAt: item['endsAt'], state: item['state'], products: item['products'] } as ListedShare,
});

export const shareWrites: Writes<'put-share' | 'update-share' | 'remove-share'> = {
  'put-share': ({ share }) => ({ Put: { Item: shareItem(share) } }),

  'update-share': ({ share }) => {
    const { PK: _, SK: __, ...attributes } = shareItem(share);
    const placeholders = new Placeholders();
    const assignments = Object.entries(attributes).map(([name, value]) => {
      const [attribute, placeholder] = [placeholders.name(name), placeholders.value(value)];
      return `${attribute} = ${Object.hasOwn(share.listed, name) ? placeholder : `if_not_exists(${attribute}, ${placeholder})`}`;
    });
    return {
      Update: {
        Key: shareKey(share, share.recipient),
        UpdateExpression: `SET ${assignments.join(', ')}`,
        ...placeholders.attributes,
      },
    };
  },

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

/** Records the use of a share, unless it no longer exists or a use was recorded less than a minute ago. */
export const shareUse = (key: ImageKey, recipient: PrincipalId, at: Date) =>
  ({
    Key: shareKey(key, recipient),
    UpdateExpression: 'SET lastUsedAt = :at',
    ConditionExpression: 'attribute_exists(PK) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :aMinuteAgo)',
    ExpressionAttributeValues: {
      ':at': at.toISOString(),
      ':aMinuteAgo': new Date(at.getTime() - shareUseIntervalMs).toISOString(),
    },
  }) satisfies Write['Update'];
