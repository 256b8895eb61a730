import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { updateImage } from '../../functions/update-image.ts';
import { type Member, testRegions } from '../support/client.ts';
import { freshMember } from '../support/in-process.ts';

const { region } = testRegions[0] as (typeof testRegions)[number];
/** The same text in both normalization forms. */
const composed = 'Caf\u00e9';
const decomposed = 'Cafe\u0301';

let owner: Member;
const made = (fields: object) => owner.ok(importImage, { region, name: 'web', sizeGiB: 1, ...fields });

beforeAll(async () => {
  owner = await freshMember();
});

describe('texts', () => {
  it('are stored in NFC', async () => {
    const { imageId } = await made({ name: decomposed, description: decomposed, tags: { [decomposed]: decomposed } });

    expect(await owner.ok(getImage, { region, imageId })).toMatchObject({
      name: composed,
      description: composed,
      tags: { [composed]: composed },
    });
  });

  it('have their limit in NFC, in which Korean is a third as long', async () => {
    const longest = '\ud55c'.repeat(42);

    expect((await made({ name: longest.normalize('NFD') })).name).toBe(longest);
    expect(await owner.refused(importImage, { region, name: `${longest}\ud55c`.normalize('NFD'), sizeGiB: 1 })).toMatchObject({
      status: 400,
      offenders: [{ id: 'name', reason: 'must be at most 128 bytes in UTF-8' }],
    });
  });

  it('are found in either form', async () => {
    const { imageId } = await made({ name: `${composed} one`, tags: { [composed]: composed } });

    for (const form of [composed, decomposed]) {
      const byName = await owner.ok(listImages, { region, name: `${form} one` });
      const byTag = await owner.ok(listImages, { region, tag: `${form}:${form}`, name: 'one' });
      expect([byName, byTag].map(({ images }) => images.map((image) => image.imageId))).toEqual([[imageId], [imageId]]);
    }
  });

  it('that are the same in NFC are no edit', async () => {
    const { imageId, revision } = await made({ name: composed });

    expect((await owner.ok(updateImage, { region, imageId, name: decomposed })).revision).toBe(revision);
  });
});

describe('tags', () => {
  it('cannot have two keys that are the same in NFC', async () => {
    expect(
      await owner.refused(importImage, { region, name: 'web', sizeGiB: 1, tags: { [composed]: '1', [decomposed]: '2' } }),
    ).toMatchObject({ status: 400, offenders: [{ id: 'tags', reason: expect.stringContaining(composed) }] });
  });
});

describe('a name', () => {
  it.each([
    '\u200b',
    '\u00ad',
    '\u3164',
    '\u2800',
    '\u2060\u200d',
    ' \u00a0\u2003',
    '\ufeff',
    '\u115f\u1160',
    '\u180e',
    '\u{e0020}',
  ])('needs a visible character %#', async (name) => {
    expect(await owner.refused(importImage, { region, name, sizeGiB: 1 })).toMatchObject({
      status: 400,
      offenders: [{ id: 'name', reason: expect.stringContaining('visible') }],
    });
  });

  it.each(['镜像', '👩‍👧 family', 'می‌خواهم', 'a\u00adb', '×'])('can be %s', async (name) => {
    expect((await made({ name })).name).toBe(name);
  });
});

describe('a character that changes the direction of text', () => {
  it.each(['\u202a', '\u202e', '\u2066', '\u2069'])('is refused in every text %#', async (character) => {
    const text = `safe${character}gpj.exe`;
    for (const fields of [{ name: text }, { description: text }, { tags: { key: text } }]) {
      expect(await owner.refused(importImage, { region, name: 'web', sizeGiB: 1, ...fields })).toMatchObject({ status: 400 });
    }
  });
});
