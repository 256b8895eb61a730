import { importImage } from '../../functions/import-image.ts';
import { listImages } from '../../functions/list-images.ts';
import { listInstances } from '../../functions/list-instances.ts';
import { listRecords } from '../../functions/list-records.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { type Member, share, testRegions } from '../support/client.ts';
import { clock, freshMember, freshMembers } from '../support/in-process.ts';

/** Moves the clock, so that each image is newer than the one before. */
const later = (seconds = 1) => {
  clock.at = new Date(clock.at.getTime() + seconds * 1_000);
};

async function imagesNamed(api: Member, region: string, names: readonly string[]): Promise<ImageView[]> {
  const images: ImageView[] = [];
  for (const name of names) {
    later();
    images.push(await api.ok(importImage, { region, name, sizeGiB: 1, disks: [] }));
  }
  return images;
}

const namesOf = (images: readonly { name: string }[]) => images.map(({ name }) => name);

describe.each(testRegions)('a list of images in $name', ({ region, policy }) => {
  let owner: Member;
  let recipient: Member;

  beforeEach(async () => {
    [owner, recipient] = (await freshMembers(2)) as [Member, Member];
  });

  it('is newest first: own images by creation, received ones by the time of sharing', async () => {
    const [first, second, third] = await imagesNamed(owner, region, ['first', 'second', 'third']);
    for (const image of [second, first, third]) {
      later();
      await share(owner, image as ImageView, [recipient.principalIn(policy)]);
    }

    expect(namesOf((await owner.ok(listImages, { region })).images)).toEqual(['third', 'second', 'first']);
    expect(namesOf((await recipient.ok(listImages, { region })).images)).toEqual(['third', 'first', 'second']);
  });

  it('fills its page with what matches, and has a cursor only if more may follow', async () => {
    const names = Array.from({ length: 25 }, (_, at) => (at % 8 === 0 ? `web-${at}` : `db-${at}`));
    await imagesNamed(owner, region, names);

    const first = await owner.ok(listImages, { region, name: 'WEB', limit: 2 });
    expect(namesOf(first.images)).toEqual(['web-24', 'web-16']);
    const second = await owner.ok(listImages, { region, name: 'WEB', limit: 2, cursor: first.nextCursor });
    expect(namesOf(second.images)).toEqual(['web-8', 'web-0']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('fills its page across own and received images', async () => {
    const [shared] = await imagesNamed(owner, region, ['web-shared']);
    await share(owner, shared as ImageView, [recipient.principalIn(policy)]);
    await imagesNamed(recipient, region, ['web-own', 'db-own']);

    const { images, nextCursor } = await recipient.ok(listImages, { region, name: 'web', limit: 1 });
    expect(namesOf(images)).toEqual(['web-own']);
    expect(namesOf((await recipient.ok(listImages, { region, name: 'web', limit: 1, cursor: nextCursor })).images)).toEqual([
      'web-shared',
    ]);
  });
});

describe('a list with a filter', () => {
  const { region } = testRegions[0] as (typeof testRegions)[number];

  it('of instances fills its page', async () => {
    const member = await freshMember();
    const [web, db] = (await imagesNamed(member, region, ['web', 'db'])) as [ImageView, ImageView];
    const launched: string[] = [];
    for (const image of [web, db, db, web, db]) {
      later();
      launched.push((await member.ok(runInstance, { region, imageId: image.imageId })).instanceId);
    }

    const { instances, nextCursor } = await member.ok(listInstances, { region, imageId: web.imageId, limit: 2 });
    expect(instances.map(({ instanceId }) => instanceId)).toEqual([launched[3], launched[0]]);
    expect(nextCursor).toBeUndefined();
  });

  it('of records fills its page', async () => {
    const member = await freshMember();
    const [web, db] = (await imagesNamed(member, region, ['web', 'db'])) as [ImageView, ImageView];
    for (const [at, image] of [web, db, db, web, db].entries()) {
      later();
      await member.ok(updateImage, { region, imageId: image.imageId, name: `name-${at}` });
    }

    const first = await member.ok(listRecords, { imageId: web.imageId, limit: 2 });
    expect(first.records.map(({ action }) => action)).toEqual(['UpdateImage', 'UpdateImage']);
    const second = await member.ok(listRecords, { imageId: web.imageId, limit: 2, cursor: first.nextCursor });
    expect(second.records.map(({ action }) => action)).toEqual(['ImportImage']);
  });
});
