/** Changes of image items as the table's stream reports them, decoded for `relay`. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ImageKey } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { ItemChange } from '../../lib/stream/decode.ts';
import type { Item } from '../../lib/table/item.ts';
import { imageItem } from '../../lib/table/items/image.ts';
import type { Store } from '../../lib/table/store.ts';

/** The item as the stream delivers it: with plain values instead of the document client's types. */
export const asStreamed = (item: Item): Item => unmarshall(marshall(item, { removeUndefinedValues: true }));

/** The write of an image item. Without `before`, the item is new. */
export const imageWrite = (after: Image, before?: Image): ItemChange => ({
  before: before && asStreamed(imageItem(before)),
  after: asStreamed(imageItem(after)),
  isNew: before === undefined,
});

/** The images that a step writes to. */
function imagesWritten(step: Step): ImageKey[] {
  switch (step.do) {
    case 'create-image':
      return [step.image];
    case 'change-image':
    case 'empty-deleted-image':
      return [step.key];
    default:
      return [];
  }
}

/** Returns a list that collects the image writes of the store's commits from now on. Calls must not run in parallel. */
export function imageWritesOf(store: Store): ItemChange[] {
  const writes: ItemChange[] = [];
  const commit = store.commit.bind(store);
  store.commit = async (steps) => {
    const keys = steps.flatMap(imagesWritten);
    const before = await Promise.all(keys.map((key) => store.image(key)));
    const outcome = await commit(steps);
    if (outcome.committed) {
      for (const [index, key] of keys.entries()) {
        writes.push(imageWrite((await store.image(key)) as Image, before[index]));
      }
    }
    return outcome;
  };
  return writes;
}
