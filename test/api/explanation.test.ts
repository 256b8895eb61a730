import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { reinitializeInstance } from '../../functions/reinitialize-instance.ts';
import { reinstallInstance } from '../../functions/reinstall-instance.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { shareImage } from '../../functions/share-image.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { ImageView } from '../../lib/model/views/image.ts';
import { Use } from '../../lib/rules/access.ts';
import {
  anImageOf,
  type Callable,
  type Fields,
  freshId,
  launch,
  type Member,
  problemIn,
  share,
  testRegions,
} from '../support/client.ts';
import { compute, freshMembers, operator } from '../support/in-process.ts';

const cap = 50;

let owner: Member;
let recipient: Member;
let stranger: Member;
let newRecipient: Member;
/** Together with the recipient, these fill the recipient list of an image. */
let others: Member[];

beforeAll(async () => {
  [owner, recipient, stranger, newRecipient, ...others] = (await freshMembers(4 + cap - 1)) as [
    Member,
    Member,
    Member,
    Member,
    ...Member[],
  ];
});

/** An image at the time instances are launched from it, what happens to it later, and whether to check a stranger too. */
interface ImageCase {
  readonly make: () => Promise<ImageView>;
  readonly later?: (key: Fields) => Promise<unknown>;
  readonly checksStranger?: true;
}

describe.each(testRegions)('the decision of CheckImageAccess in $name', ({ region, policy }) => {
  /** An instance of each product per member, launched from images that no test uses otherwise. */
  const spares = new Map<Member, Record<ImageView['product'], string>>();

  beforeAll(async () => {
    for (const member of [owner, recipient, stranger]) {
      const ids = ['standard', 'lightweight'].map(async (product) => {
        const { instanceId } = await launch(member, await anImageOf(member, region, { product }));
        return instanceId;
      });
      const [standard = '', lightweight = ''] = await Promise.all(ids);
      spares.set(member, { standard, lightweight });
    }
  });

  const ownedImage = (fields: Fields = {}) => anImageOf(owner, region, fields);
  const sharedImage = async (fields: Fields = {}, members: Member[] = [recipient, ...others.slice(0, 2)]) => {
    const image = await ownedImage(fields);
    await share(
      owner,
      image,
      members.map((member) => member.principalIn(policy)),
    );
    return image;
  };
  const ownedOrShared = (canBeShared: boolean, fields: Fields) => (canBeShared ? sharedImage(fields) : ownedImage(fields));
  const isEncryptionShared = policy.encryptionsThatMayBeShared.some((encryption) => encryption === 'service');
  const publicImage = (fields: Fields = {}) =>
    operator().ok(putPublicImage, { region, imageId: freshId('pub-'), name: 'base', sizeGiB: 1, ...fields });

  /** If the image is not shared, the recipient is a stranger too. */
  const imageCases: Readonly<Record<string, ImageCase>> = {
    'an image without shares': { make: ownedImage },
    'a shared image': { make: sharedImage, checksStranger: true },
    'an image at its cap': { make: () => sharedImage({}, [recipient, ...others]) },
    'a pending image': { make: () => ownedImage({ state: 'pending' }) },
    'a deprecated image': {
      make: () => ownedOrShared(policy.ownerMayDeprecateWhileShared, {}),
      later: (key) => owner.ok(updateImage, { ...key, deprecated: true }),
    },
    'a lightweight image': { make: () => ownedOrShared(policy.lightweightMayBeShared, { product: 'lightweight' }) },
    'an image with data disks': {
      make: () => ownedOrShared(policy.dataDisksWhenShared !== 'refused', { disks: [{ sizeGiB: 1 }] }),
    },
    'an encrypted image': { make: () => ownedOrShared(isEncryptionShared, { encryption: 'service' }) },
    'an image that was shared': {
      make: sharedImage,
      later: (key) => owner.ok(cancelImageShares, { ...key, all: true }),
    },
    'a deleted image': {
      make: sharedImage,
      later: async (key) => {
        await owner.ok(cancelImageShares, { ...key, all: true });
        await owner.ok(deleteImage, key);
      },
    },
    'a public image': { make: publicImage },
    'a deprecated public image': { make: () => publicImage({ deprecated: true }) },
  };

  /** Returns the call that a use corresponds to, or undefined if it requires an instance of the image and there is none. */
  function callFor(use: Use, member: Member, image: ImageView, instanceId: string | undefined): [Callable, Fields] | undefined {
    const key = { region, imageId: image.imageId };
    switch (use) {
      case 'launch':
        return [runInstance, key];
      case 'reinstall':
        return [reinstallInstance, { ...key, instanceId: spares.get(member)?.[image.product] }];
      case 'reinitialize':
        return instanceId === undefined ? undefined : [reinitializeInstance, { region, instanceId }];
      case 'copy':
        return [copyImage, { ...key, destinationRegion: region }];
      case 'save':
        return [saveSharedImage, key];
      case 'share':
        return [shareImage, { ...key, recipients: [newRecipient.principalIn(policy)], acknowledgeRisk: true }];
      case 'delete':
        return [deleteImage, key];
    }
  }

  it.each(Object.keys(imageCases))('on %s matches the calls, for its owner and others', async (name) => {
    const { make, later = async () => {}, checksStranger } = imageCases[name] as ImageCase;
    const image = await make();
    const key = { region, imageId: image.imageId };
    const members = await Promise.all(
      [owner, recipient, ...(checksStranger ? [stranger] : [])].map(async (member) => {
        const launched = await member.try(runInstance, key);
        const instanceId = launched.status === 201 ? (launched.body as { instanceId: string }).instanceId : undefined;
        return { member, instanceId };
      }),
    );
    await later(key);

    const cases = members.flatMap(({ member, instanceId }) =>
      Use.options.flatMap((use) => {
        const call = callFor(use, member, image, instanceId);
        const check = use === 'reinitialize' ? { ...key, use, instanceId } : { ...key, use };
        return call === undefined ? [] : [{ member, use, check, action: call[0], fields: call[1] }];
      }),
    );
    expect(cases.length).toBeGreaterThanOrEqual(2 * (Use.options.length - 1));
    await Promise.all(
      cases.map(async ({ member, use, check, action, fields }) => {
        const role = member === owner ? 'owner' : member === recipient ? 'recipient' : 'stranger';
        const [checked, response] = await Promise.all([
          member.try(checkImageAccess, check),
          member.try(action, { ...fields, dryRun: 'true' }),
        ]);
        const decision = checkImageAccess.response?.parse(checked.body);
        const rule = response.status < 400 ? decision?.rule : problemIn(response).rule;

        expect({ role, use, allowed: decision?.allowed }).toEqual({ role, use, allowed: response.status < 400 });
        expect({ role, use, rule: decision?.rule }).toEqual({ role, use, rule });
        if (member !== owner) {
          const mentioned = [...others, recipient].filter(
            (other) =>
              other !== member &&
              [other.account, other.project].some((id) => checked.text.includes(id) || response.text.includes(id)),
          );
          expect(mentioned).toEqual([]);
        }
      }),
    );
  });

  it('says nothing about an instance of somebody else, or of another image', async () => {
    const image = await sharedImage();
    const launched = await launch(recipient, image);
    const check = (fields: Fields) => ({ region, imageId: image.imageId, use: 'reinitialize', ...fields });
    const { instanceId } = launched;

    for (const [member, fields] of [
      [stranger, { instanceId }],
      [owner, { instanceId }],
      [owner, { instanceId, principal: recipient.principalIn(policy) }],
      [recipient, { instanceId: 'i-nowhere' }],
    ] as const) {
      expect(await member.refused(checkImageAccess, check(fields))).toMatchObject({ status: 404, code: 'InstanceNotFound' });
    }
    const ofOther = await launch(recipient, await anImageOf(recipient, region));
    for (const fields of [{ instanceId: ofOther.instanceId }, { instanceId, use: 'launch' }]) {
      expect(await recipient.refused(checkImageAccess, check(fields))).toMatchObject({
        status: 400,
        detail: expect.stringContaining('instanceId: '),
      });
    }
    const asked = { instanceId, principal: recipient.principalIn(policy) };
    expect(await compute().ok(checkImageAccess, check(asked))).toMatchObject({ allowed: true });
  });

  it('is a denial for the owner of public images', async () => {
    const { imageId } = await publicImage();

    for (const use of ['share', 'delete', 'copy', 'save']) {
      expect(await compute().ok(checkImageAccess, { region, imageId, principal: 'public', use })).toMatchObject({
        allowed: false,
      });
    }
  });
});
