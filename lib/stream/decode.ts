import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import type { Image, Recipients } from '../model/image.ts';
import type { Account, Project } from '../model/principal.ts';
import type { ChangeRecord } from '../model/record.ts';
import type { Item } from '../table/item.ts';
import { recipientsFrom } from '../table/items/recipients.ts';
import { recordFrom } from '../table/items/record.ts';
import { storedFrom } from '../table/stored.ts';

/** A write to the table, by what it means for the relay. */
export type TableChange =
  | { readonly of: 'record'; readonly record: ChangeRecord }
  /** `revisionBefore` is the revision of the image before the write, or 0 for a new image. */
  | {
      readonly of: 'image';
      readonly image: Image;
      readonly revisionBefore: number;
      /** Its recipients before the write. Absent in streams without old images. */
      readonly recipientsBefore?: Recipients | undefined;
    }
  | { readonly of: 'account'; readonly account: Account }
  | { readonly of: 'project'; readonly project: Project }
  | { readonly of: 'other' };

/** A write as the stream describes it. */
export interface ItemChange {
  /** Absent for new items, and in streams without old images. */
  readonly before?: Item | undefined;
  readonly after: Item;
  readonly isNew: boolean;
}

type StreamImage = NonNullable<StreamRecord['NewImage']>;

const itemFrom = (image: StreamImage): Item => unmarshall(image as Record<string, AttributeValue>);

/** Decodes a stream record. Returns undefined if it removes an item. */
export function changeIn({ eventName, dynamodb: { NewImage, OldImage } = {} }: DynamoDBRecord): TableChange | undefined {
  return NewImage === undefined
    ? undefined
    : decode({ before: OldImage && itemFrom(OldImage), after: itemFrom(NewImage), isNew: eventName === 'INSERT' });
}

/** Determines what a write means. */
export function decode(change: ItemChange): TableChange {
  const { after } = change;
  const record = recordFrom(after);
  if (record !== undefined) {
    return { of: 'record', record };
  }
  const stored = storedFrom(after);
  switch (stored.of) {
    case 'image':
      return {
        of: 'image',
        image: stored.image,
        revisionBefore: revisionBefore(change, stored.image),
        recipientsBefore: change.isNew ? {} : change.before && recipientsFrom(change.before),
      };
    case 'account':
    case 'project':
      return stored;
    default:
      return { of: 'other' };
  }
}

/**
 * Without the old image, assumes that the write added one record. If it added none, the event is a duplicate, which consumers
 * detect by its ID; if it added two, only the last one gets an event.
 */
const revisionBefore = ({ before, isNew }: ItemChange, { revision }: Image): number =>
  isNew ? 0 : before === undefined ? revision - 1 : (before['revision'] as number);
