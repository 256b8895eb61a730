/** The largest data that the service allows, written without calls: an account at its image quotas, with images of the full size. */
import { randomBytes } from 'node:crypto';
import { regionsFrom, regionsOfKind } from '../../lib/app/regions.ts';
import { fileDataKeys } from '../../lib/auth/file-data-keys.ts';
import { secretsWith } from '../../lib/auth/sealing.ts';
import type { AccessKeyId, ImageId } from '../../lib/model/ids.ts';
import type { Image } from '../../lib/model/image.ts';
import * as limits from '../../lib/model/limits.ts';
import type { Step } from '../../lib/model/plan.ts';
import type { ChangeRecord } from '../../lib/model/record.ts';
import type { Store } from '../../lib/table/store.ts';
import { defaultRegions } from '../../local/run-state.ts';
import { anImage } from '../../test/support/builders.ts';
import { owners, reader, recipients } from '../load/seed.ts';

/** Owns all images, which are shared with 50 accounts each. One of these is `reader`, who has share items too. */
export const fullOwner = owners.at(-1) as (typeof owners)[number];
const sharedWith = [reader, ...recipients.slice(1)];

const tag = (index: number) =>
  [`t${String(index).padStart(3, '0')}`, 'v'.repeat(limits.tagsBytesMax / limits.tagsMax - 4)] as const;
const details = {
  name: 'n'.repeat(limits.nameBytesMax),
  description: 'd'.repeat(limits.descriptionBytesMax),
  tags: Object.fromEntries(Array.from({ length: limits.tagsMax }, (_, index) => tag(index))),
  os: 'o'.repeat(limits.osBytesMax),
  disksGiB: Array<number>(limits.disksMax).fill(limits.diskGiBMax),
  recipients: Object.fromEntries(sharedWith.map((recipient) => [recipient, 0])),
};

/** As many steps as a transaction of these items may have. */
const stepsPerCommit = 100;

async function commitAll(store: Store, steps: readonly Step[]): Promise<void> {
  for (let at = 0; at < steps.length; at += stepsPerCommit) {
    const { committed } = await store.commit(steps.slice(at, at + stepsPerCommit));
    if (!committed) {
      throw new Error('The images could not be created');
    }
  }
}

/** Fills the image quotas of the owner in all regions where accounts own images, at most `max` in each. */
export async function writeFullAccount(store: Store, max: number): Promise<Image[]> {
  const regions = regionsFrom(defaultRegions());
  const at = new Date();
  const images = regionsOfKind(regions, 'account').flatMap((region) =>
    Array.from({ length: Math.min(regions.get(region)?.imagesPerPrincipalMax ?? 0, max) }, (_, index) =>
      anImage({
        ...details,
        region,
        owner: fullOwner,
        createdAt: at,
        imageId: `img-${String(index).padStart(8, '0')}` as ImageId,
      }),
    ),
  );
  await commitAll(
    store,
    images.flatMap(({ region, imageId, ...image }): Step[] => [
      { do: 'create-image', image: { ...image, region, imageId } },
      {
        do: 'put-share',
        share: {
          ...{ region, imageId, recipient: reader, sharedAt: at, sharedBy: fullOwner, recordId: image.lastRecordId },
          listed: { endsAt: 0, state: 'available', products: ['standard'] },
        },
      },
    ]),
  );
  return images;
}

/** Schedules a clean-up of all recipients of each image. */
export const scheduleCleanUps = (store: Store, images: readonly Image[]): Promise<void> =>
  commitAll(
    store,
    images.map(({ region, imageId }) => ({
      do: 'schedule-clean-up',
      task: { kind: 'shares', region, imageId, recipients: sharedWith, dueAt: 1, ref: 'record-0' },
    })),
  );

/** A record of sharing an image with all of its recipients. */
export const sharingRecord = ({ region, imageId, owner }: Image, id: string): ChangeRecord => ({
  ...{ id, at: new Date(), actor: owner, from: '192.0.2.1', action: 'ShareImage', region, imageId },
  ...{ recipients: sharedWith, endsAt: 0, requestId: id, principal: owner, principalKind: 'account' },
});

/** Creates an access key of `reader`, whose secret the file seals. */
export async function createAccessKey(store: Store, dataKeyFile: string): Promise<{ keyId: AccessKeyId; secret: string }> {
  const [keyId, secret] = [`AK${'0'.repeat(24)}` as AccessKeyId, randomBytes(20).toString('hex')];
  const sealed = await secretsWith(() => fileDataKeys(dataKeyFile)).seal(secret, { keyId, account: reader });
  await store.commit([
    { do: 'create-access-key', key: { keyId, account: reader, state: 'active', createdAt: new Date(), secret: sealed } },
  ]);
  return { keyId, secret };
}
