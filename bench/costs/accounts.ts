import { checkHealth } from '../../functions/check-health.ts';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { createAccessKey } from '../../functions/create-access-key.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { deleteAddressBookEntry } from '../../functions/delete-address-book-entry.ts';
import { getAccount } from '../../functions/get-account.ts';
import { getShareAcceptance } from '../../functions/get-share-acceptance.ts';
import { getTrustedOwners } from '../../functions/get-trusted-owners.ts';
import { inspectAccount } from '../../functions/inspect-account.ts';
import { inspectProject } from '../../functions/inspect-project.ts';
import { listAccessKeys } from '../../functions/list-access-keys.ts';
import { listAddressBook } from '../../functions/list-address-book.ts';
import { listRegions } from '../../functions/list-regions.ts';
import { putAccount } from '../../functions/put-account.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putProject } from '../../functions/put-project.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { putTrustedOwners } from '../../functions/put-trusted-owners.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { owner } from './meter.ts';
import { operator, type Story } from './story.ts';

/** Accounts and what belongs to them. */
export const accounts: Story = async ({ meter, recipients }) => {
  const call = meter.call.bind(meter);
  const principalId = recipients[0]?.replace('org-', '');

  await call('', checkHealth, {});
  await call('', listRegions, {});
  await call('', getAccount, {});
  await call('', putTrustedOwners, { owners: [principalId] });
  await call('', getTrustedOwners, {});
  await call('', putShareAcceptance, { from: 'trusted', blockedOwners: [] });
  await call('', getShareAcceptance, {});
  await call('', putAddressBookEntry, { principalId, name: 'Globex' });
  await call('a page', listAddressBook, { limit: '25' });
  await call('', deleteAddressBookEntry, { principalId });
  const { keyId } = await call('', createAccessKey, {});
  await call('', listAccessKeys, {});
  await meter.measure('the access key of a signed request', () => meter.service.store.accessKey(keyId));
  await call('', updateAccessKey, { keyId, state: 'disabled' });
  await call('', deleteAccessKey, { keyId });

  const [accountId, projectId] = ['300000000001', 'org-300000000001'];
  await call('', putAccount, { accountId, name: 'Initech' }, operator);
  await call('', putProject, { accountId, projectId, name: 'Initech' }, operator);
  await call('', inspectAccount, { accountId: owner }, operator);
  await call('', inspectProject, { accountId, projectId }, operator);
  await call('', closeProject, { accountId, projectId }, operator);
  await call('', closeAccount, { accountId }, operator);
};
