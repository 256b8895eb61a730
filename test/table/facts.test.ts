import { factsFrom, keysFor } from '../../lib/table/facts.ts';
import { imageItem, imageKey } from '../../lib/table/items/image.ts';
import { shareItem, shareKey } from '../../lib/table/items/share.ts';
import { anImage, aShare, principal, principals, sharedWith } from '../support/builders.ts';

const recipients = principals(4);
const image = anImage({ recipients: sharedWith(recipients.slice(0, 3)) });
const shareKeys = recipients.map((recipient) => shareKey(image, recipient));
const wanted = { images: [image], shares: recipients };

describe('the keys of what is wanted', () => {
  it('are each in the first batch once', () => {
    const [first] = keysFor({ images: [image, image], shares: [...recipients, ...recipients] }, 100);

    expect(first).toEqual([imageKey(image), ...shareKeys]);
  });

  it('are in the first batch as far as they fit, shares last', () => {
    expect(keysFor(wanted, 3)[0]).toEqual([imageKey(image), ...shareKeys.slice(0, 2)]);
    expect(keysFor(wanted, 0)[0]).toEqual([imageKey(image)]);
  });

  it('are in the second batch if they are of shares that the image has and the first one did not return', () => {
    const [, missing] = keysFor(wanted, 2);
    const found = [imageItem(image), shareItem(aShare({ recipient: principal('h01') }))];

    expect(missing(factsFrom(wanted, found))).toEqual(shareKeys.slice(1, 3));
    expect(missing(factsFrom(wanted, []))).toEqual([]);
  });

  it('are none for shares without an image', () => {
    const [first, missing] = keysFor({ shares: recipients }, 100);

    expect([first, missing(factsFrom(wanted, [imageItem(image)]))]).toEqual([[], []]);
  });
});
