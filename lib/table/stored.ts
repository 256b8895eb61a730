import type { Item } from './item.ts';
import { accessKeyFrom } from './items/access-key.ts';
import { accountFrom } from './items/account.ts';
import { addressBookEntryFrom, addressBookKeyFrom } from './items/address-book.ts';
import { copyJobFrom } from './items/copy-job.ts';
import { countFrom, countKeyFrom } from './items/count.ts';
import { imageFrom } from './items/image.ts';
import { instanceFrom } from './items/instance.ts';
import { projectFrom } from './items/project.ts';
import { shareFrom } from './items/share.ts';
import { taskFrom } from './items/task.ts';
import { type Key, kindOf } from './schema.ts';
import type { Stored } from './store.ts';

/** Converts an item, by the kind that its key indicates. */
export function storedFrom(item: Item): Stored {
  switch (kindOf(item as unknown as Key)) {
    case 'image':
      return { of: 'image', image: imageFrom(item) };
    case 'share':
      return { of: 'share', share: shareFrom(item) };
    case 'imageCount':
      return { of: 'count', key: countKeyFrom('images', item), count: countFrom(item) };
    case 'instanceCount':
      return { of: 'count', key: countKeyFrom('instances', item), count: countFrom(item) };
    case 'instance':
      return { of: 'instance', instance: instanceFrom(item) };
    case 'copyJob':
      return { of: 'copy-job', job: copyJobFrom(item) };
    case 'account':
      return { of: 'account', account: accountFrom(item) };
    case 'project':
      return { of: 'project', project: projectFrom(item) };
    case 'accessKey':
      return { of: 'access-key', key: accessKeyFrom(item) };
    case 'addressBookEntry':
      return { of: 'address-book-entry', accountId: addressBookKeyFrom(item).accountId, entry: addressBookEntryFrom(item) };
    case 'task':
      return { of: 'task', task: taskFrom(item) };
    default:
      return { of: 'other' };
  }
}
