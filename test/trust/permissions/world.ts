/** The accounts, images, and other resources that the permission checks are about. */
import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { createAccessKey } from '../../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../../functions/delete-access-key.ts';
import { deleteImage } from '../../../functions/delete-image.ts';
import { importImage } from '../../../functions/import-image.ts';
import { putAddressBookEntry } from '../../../functions/put-address-book-entry.ts';
import { putProject } from '../../../functions/put-project.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { runInstance } from '../../../functions/run-instance.ts';
import { shareImage } from '../../../functions/share-image.ts';
import { startCopyJob } from '../../../functions/start-copy-job.ts';
import { updateAccessKey } from '../../../functions/update-access-key.ts';
import type { PrincipalId } from '../../../lib/model/ids.ts';
import type { Product } from '../../../lib/model/image.ts';
import type { Key } from '../../sdk/keys.ts';
import type { PolicyFixture } from '../../support/builders.ts';
import type { InMemoryService } from '../../support/in-memory-service.ts';

/** The accounts, each with a default project. Nobody created `unknown`. */
export const accountNames = ['owner', 'recipient', 'former', 'stranger', 'closed', 'unknown'] as const;
export type AccountName = (typeof accountNames)[number];

/**
 * All belong to the owner, except `public` and `missing`, which was never created. `shared` is shared with the recipient. It was
 * shared with `former` until the owner stopped that, `expired` until the end of the share, and `deleted` until it was deleted.
 */
export const imageNames = ['private', 'shared', 'expired', 'deleted', 'public', 'missing'] as const;
export type ImageName = (typeof imageNames)[number];

/** The name of an image in responses, which no other text contains. */
export const nameOf = (image: ImageName): string => `name-of-${image}`;

/** A key of each account, and keys of the owner that can't sign. */
type KeyName = 'owner' | 'recipient' | 'former' | 'stranger' | 'disabled' | 'deleted';

export interface World {
  readonly fixture: PolicyFixture;
  readonly accounts: Readonly<Record<AccountName, PrincipalId>>;
  /** A second project of the owner. */
  readonly otherProject: PrincipalId;
  readonly images: Readonly<Record<ImageName, string>>;
  readonly keys: Readonly<Record<KeyName, Key>>;
  /** Of the owner, from `private`, and of the recipient, from `shared`. */
  readonly instances: Readonly<Record<'owner' | 'recipient' | 'missing', string>>;
  /** Of the owner. */
  readonly jobs: Readonly<Record<'owner' | 'missing', string>>;
  /** Returns the principal of an account. */
  readonly principalOf: (account: AccountName) => PrincipalId;
}

/**
 * Creates the world with calls on the service's store. `attributes`: of its images. `secondsPass` moves its clock. `firstAccount`: the accounts have this
 * number and the following ones as their IDs.
 */
export async function createWorld(
  service: InMemoryService,
  fixture: PolicyFixture,
  firstAccount: number,
  secondsPass: (seconds: number) => void,
  attributes: { readonly product?: Product } = {},
): Promise<World> {
  const { region, policy } = fixture;
  const accounts = Object.fromEntries(
    accountNames.map((name, index) => [name, String(firstAccount + index)]),
  ) as World['accounts'];
  const { owner, recipient, former, stranger, closed } = accounts;
  const otherProject = `two-${owner}` as PrincipalId;
  const principalOf = (name: AccountName) => fixture.principalOf(accounts[name]);
  const asOwner = { as: owner };
  const asOperator = { as: 'operator', scopes: ['operator'] } as const;

  await service.createAccounts(owner, recipient, former, stranger, closed);
  await service.call(putProject, { accountId: owner, projectId: otherProject, name: 'second' }, asOperator);
  await service.close(closed);

  const create = async (name: ImageName): Promise<string> =>
    (await service.call(importImage, { region, name: nameOf(name), sizeGiB: 20, tags: { team: 'web' }, ...attributes }, asOwner))
      .imageId;
  const images = {
    private: await create('private'),
    shared: await create('shared'),
    expired: await create('expired'),
    deleted: await create('deleted'),
    public: service.newResourceId(policy.imageId),
    missing: service.newResourceId(policy.imageId),
  };
  await service.call(
    putPublicImage,
    { region, imageId: images.public, name: nameOf('public'), sizeGiB: 20, tags: { team: 'web' }, ...attributes },
    asOperator,
  );

  const share = (imageId: string, recipients: readonly PrincipalId[], expiresAt?: Date) =>
    service.call(
      shareImage,
      { region, imageId, recipients, acknowledgeRisk: true, ...(expiresAt && { expiresAt: expiresAt.toISOString() }) },
      asOwner,
    );
  const stop = (imageId: string, stopped: readonly PrincipalId[]) =>
    service.call(cancelImageShares, { region, imageId, recipient: stopped }, asOwner);
  const both = [principalOf('recipient'), principalOf('former')];
  await share(images.shared, both);
  await stop(images.shared, [principalOf('former')]);
  await share(images.deleted, both);
  await stop(images.deleted, both);
  await service.call(deleteImage, { region, imageId: images.deleted }, asOwner);
  await share(images.expired, [principalOf('former')], new Date(service.now().getTime() + 60_000));
  secondsPass(120);

  const launch = async (as: string, imageId: string): Promise<string> =>
    (await service.call(runInstance, { region, imageId }, { as })).instanceId;
  const job = {
    region,
    imageId: images.private,
    destinations: [{ region: fixture.otherRegion }],
    recipients: [principalOf('recipient')],
    acknowledgeRisk: true,
  };
  await service.call(putAddressBookEntry, { principalId: recipient, name: 'Recipient' }, asOwner);
  return {
    fixture,
    accounts,
    otherProject,
    images,
    keys: await createKeys(service, accounts),
    instances: {
      owner: await launch(owner, images.private),
      recipient: await launch(recipient, images.shared),
      missing: service.newResourceId(policy.instanceId),
    },
    jobs: { owner: (await service.call(startCopyJob, job, asOwner)).jobId, missing: 'copy-0000000000000000' },
    principalOf,
  };
}

async function createKeys(
  service: InMemoryService,
  { owner, recipient, former, stranger }: World['accounts'],
): Promise<World['keys']> {
  const create = async (as: string): Promise<Key> => {
    const { keyId, secret = '' } = await service.call(createAccessKey, {}, { as });
    return { keyId, secret };
  };
  const keys = {
    owner: await create(owner),
    disabled: await create(owner),
    deleted: await create(owner),
    recipient: await create(recipient),
    former: await create(former),
    stranger: await create(stranger),
  };
  await service.call(updateAccessKey, { keyId: keys.disabled.keyId, state: 'disabled' }, { as: owner });
  await service.call(deleteAccessKey, { keyId: keys.deleted.keyId }, { as: owner });
  return keys;
}
