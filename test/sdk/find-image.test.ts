import { ActionError } from '../../lib/model/error.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { findImage, findImages, inListOrder } from '../../lib/sdk/find-image.ts';
import type { Service } from '../../lib/sdk/service.ts';

const images = [
  ['img-public', 'public', '12:00:03'],
  ['img-old', 'owned', '12:00:00'],
  ['img-a', 'owned', '12:00:01'],
  ['img-b', 'owned', '12:00:01'],
  ['img-shared', 'shared', '12:00:02'],
  ['img-shared-later', 'shared', '12:00:04'],
].map(([imageId, visibility, time]) => ({ imageId, visibility, createdAt: `2026-11-22T${time}.000Z` }) as ImageView);

const notFound = new ActionError('ImageNotFound', { detail: 'No.' });

function serviceWith(failure: Error = notFound) {
  const read: string[] = [];
  const service = {
    async getImage(id: string) {
      read.push(id);
      const image = images.find(({ imageId }) => imageId === id);
      if (image === undefined) {
        throw failure;
      }
      return image;
    },
    async findImages(ids: readonly string[]) {
      read.push(...ids);
      return images.filter(({ imageId }) => ids.includes(imageId));
    },
  } as unknown as Service;
  return { read, service };
}

describe('findImage', () => {
  it('returns the image, or nothing if there is none', async () => {
    expect(await findImage('img-a', serviceWith().service)).toBe(images[2]);
    expect(await findImage('img-nowhere', serviceWith().service)).toBeUndefined();
  });

  it('returns nothing for an ID that no image can have, without a read', async () => {
    const { read, service } = serviceWith();

    expect(await findImage('img 1', service)).toBeUndefined();
    expect(read).toEqual([]);
  });

  it.each([new ActionError('Unavailable', { detail: 'Try again.' }), new Error('broken')])(
    'fails if the image cannot be read: %s',
    async (failure) => {
      await expect(findImage('img-nowhere', serviceWith(failure).service)).rejects.toBe(failure);
    },
  );
});

describe('findImages', () => {
  it('asks for each ID once, and not for those that no image can have', async () => {
    const { read, service } = serviceWith();

    expect(await findImages(['img-a', 'img-nowhere', 'img-a', 'img 1'], service)).toEqual([images[2]]);
    expect(await findImages(['img 1'], service)).toEqual([]);
    expect(read).toEqual(['img-a', 'img-nowhere']);
  });
});

describe('inListOrder', () => {
  it('puts owned images first, then shared and public ones, each the newest first', () => {
    for (const found of [images, images.toReversed(), images.toSorted((a, b) => a.imageId.localeCompare(b.imageId))]) {
      expect(inListOrder(found).map(({ imageId }) => imageId)).toEqual([
        ...['img-b', 'img-a', 'img-old'],
        ...['img-shared-later', 'img-shared', 'img-public'],
      ]);
    }
  });
});
