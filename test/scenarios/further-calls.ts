/** Calls that need what no scenario needs of the roles of their functions: other keys, repeated calls, and background work. */
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { checkHealth } from '../../functions/check-health.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { deletePublicImage } from '../../functions/delete-public-image.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { inspectAccount } from '../../functions/inspect-account.ts';
import { inspectProject } from '../../functions/inspect-project.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putProject } from '../../functions/put-project.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { shareImage } from '../../functions/share-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { terminateInstance } from '../../functions/terminate-instance.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { relay } from '../../lib/stream/relay.ts';
import { anImageIn, fixtureOf, noon, principal, secondsFromNoon } from '../support/builders.ts';
import { type CallOptions, InMemoryService } from '../support/in-memory-service.ts';
import { runAs } from '../support/roles.ts';
import { type RelayingStore, roleOf } from './dynamodb-target.ts';

const operator: CallOptions = { as: 'operator', scopes: ['operator'] };
const withKey = (key: string): CallOptions => ({ key });

/** Makes the calls on an empty table, each with the role of its function. */
export async function makeFurtherCalls(store: RelayingStore): Promise<void> {
  const service = await new InMemoryService(store).createAccounts('owner', 'friend', 'guest');
  const call: InMemoryService['call'] = async (action, ...args) =>
    runAs(await roleOf(action.name), () => service.call(action, ...args));

  await call(checkHealth, {});
  await call(putTrustedOwners, { owners: ['friend'] }, withKey('putTrustedOwners'));
  await call(getTrustedOwners, {});
  await call(putShareAcceptance, { from: 'anyone', blockedOwners: [] }, withKey('putShareAcceptance'));
  const { keyId } = await call(createAccessKey, {});
  await call(listAccessKeys, {});
  await call(updateAccessKey, { keyId, state: 'disabled' }, withKey('updateAccessKey'));
  await call(deleteAccessKey, { keyId }, withKey('deleteAccessKey'));
  await call(putAddressBookEntry, { principalId: 'friend', name: 'Friend' });
  await call(deleteAddressBookEntry, { principalId: 'friend' }, withKey('deleteAddressBookEntry'));

  await call(putAccount, { accountId: 'fresh', name: 'Fresh' }, operator);
  await call(putAccount, { accountId: 'fresh', name: 'Renamed' }, operator);
  await call(inspectAccount, { accountId: 'owner' }, operator);
  await call(putProject, { accountId: 'owner', projectId: 'second', name: 'Second' }, operator);
  await call(putProject, { accountId: 'owner', projectId: 'second', name: 'Second', default: true }, operator);
  await call(inspectProject, { accountId: 'owner', projectId: 'second' }, operator);
  const publicImage = { region: 'ap-guangzhou', imageId: 'public-1' };
  await call(putPublicImage, { ...publicImage, name: 'public', sizeGiB: 20 }, operator);
  await call(putPublicImage, { ...publicImage, name: 'renamed', sizeGiB: 20 }, operator);
  await call(deletePublicImage, publicImage, operator);

  const image = anImageIn(fixtureOf('alibaba'));
  await service.putImages(image);
  const { region, imageId } = image;
  await call(changeImageShares, { region, imageId, add: ['friend'], remove: [], acknowledgeRisk: true });
  await call(changeImageShares, { region, imageId, add: [], remove: ['friend'] });
  const { instanceId } = await call(runInstance, { region, imageId });
  await call(terminateInstance, { region, instanceId }, withKey('terminateInstance'));
  await call(shareImage, { region, imageId, recipients: ['friend', 'guest'] });
  await resumeCopyJob(service, call, store);

  const publish = async () => {};
  const closed = { accountId: principal('friend'), name: 'Friend', state: 'closed', createdAt: noon, openProjects: 0 } as const;
  await call(putAddressBookEntry, { principalId: 'guest', name: 'Guest' }, { as: 'friend' });
  const stored = (await store.image(image)) ?? image;
  await runAs('relay-changes', async () => {
    await relay({ of: 'account', account: closed }, { ...service.cleanUpDeps(), publish });
    await relay({ of: 'image', image: stored, revisionBefore: stored.revision - 1 }, { ...service.cleanUpDeps(), publish });
  });
}

/** Resumes a job whose call was killed before its copy was shared. In the meantime, another share of the copy expired. */
async function resumeCopyJob(service: InMemoryService, call: InMemoryService['call'], store: RelayingStore): Promise<void> {
  const { region, otherRegion, policy } = fixtureOf('alibaba');
  const { imageId } = anImageIn(fixtureOf('alibaba'));
  const job = { region, imageId, destinations: [{ region: otherRegion }], recipients: ['friend'] };
  store.failCommit(2);
  await call(startCopyJob, job, withKey('startCopyJob')).catch(() => {});
  const { entries } = await store.ownedImages({ region: otherRegion, principal: principal('owner'), ...policy }, { limit: 1 });
  const expiresAt = secondsFromNoon(60).toISOString();
  await call(shareImage, { ...entries[0], recipients: ['guest'], expiresAt });
  service.passSeconds(60);
  await call(startCopyJob, job, withKey('startCopyJob'));
}
