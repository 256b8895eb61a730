import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import type { Image } from '../model/image.ts';
import type { Account, Project } from '../model/principal.ts';
import type { ChangeRecord } from '../model/record.ts';
import type { Item } from '../table/item.ts';
import { recordFrom } from '../table/items/record.ts';
import { storedFrom } from '../table/stored.ts';

/** A write of an item that something follows from. */
export type TableChange =
  | { readonly of: 'record'; readonly record: ChangeRecord }
  /** `revisionBefore` is what the image's revision was before the write, 0 for a new image. */
  | { readonly of: 'image'; readonly image: Image; readonly revisionBefore: number }
  | { readonly of: 'account'; readonly account: Account }
  | { readonly of: 'project'; readonly project: Project }
  | { readonly of: 'other' };

/** A write of an item, as the table's stream tells it. */
export interface ItemChange {
  /** Absent for an item that is new, and from the stream of a table that was made without it. */
  readonly before?: Item | undefined;
  readonly after: Item;
  readonly isNew: boolean;
}

type StreamImage = NonNullable<StreamRecord['NewImage']>;

const itemFrom = (image: StreamImage): Item => unmarshall(image as Record<string, AttributeValue>);

/** The change that an entry of the stream tells of; undefined for the removal of an item. */
export function changeIn({ eventName, dynamodb: { NewImage, OldImage } = {} }: DynamoDBRecord): TableChange | undefined {
  return NewImage === undefined
    ? undefined
    : decode({ before: OldImage && itemFrom(OldImage), after: itemFrom(NewImage), isNew: eventName === 'INSERT' });
}

/** What a write of an item means. */
export function decode(change: ItemChange): TableChange {
  const { after } = change;
  const record = recordFrom(after);
  if (record !== undefined) {
    return { of: 'record', record };
  }
  const stored = storedFrom(after);
  switch (stored.of) {
    case 'image':
      return { of: 'image', image: stored.image, revisionBefore: revisionBefore(change, stored.image) };
    case 'account':
    case 'project':
      return stored;
    default:
      return { of: 'other' };
  }
}

/**
 * Where the stream does not tell the item before, the write is taken to have brought one record: an event that comes
 * again is known by its id.
 */
const revisionBefore = ({ before, isNew }: ItemChange, { revision }: Image): number =>
  isNew ? 0 : before === undefined ? revision - 1 : (before['revision'] as number);
