import { queryOptions } from '@tanstack/react-query';
import { type AddressBookEntry, type Api, type QueryParameters, unwrap } from './client.ts';
import { keys, type Tenant } from './keys.ts';
import { listQuery } from './list-query.ts';
import type { Page } from './read-matches.ts';

export const regionsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['regions'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/v1/regions', { signal }))).regions,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const accountQuery = (api: Api) =>
  queryOptions({
    queryKey: keys.account,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/account', { signal })),
  });

export const accessKeysQuery = (api: Api) =>
  queryOptions({
    queryKey: keys.accessKeys,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/v1/account/access-keys', { signal }))).accessKeys,
  });

const readTrustedOwners = async (api: Api, tenant: Tenant, signal: AbortSignal): Promise<readonly string[]> =>
  (await unwrap(api.GET('/v1/account/trusted-owners', { params: { query: tenant }, signal }))).owners;

/** The list of the project in `tenant`, or else that of the account. */
export const trustedOwnersQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.trustedOwners, 'own', tenant],
    queryFn: ({ signal }) => readTrustedOwners(api, tenant, signal),
  });

/** The account, and the project if there is one. */
export const tenantsOf = (tenant: Tenant): readonly Tenant[] => (tenant.project === undefined ? [{}] : [{}, tenant]);

export const readEveryTrustedOwner = async (api: Api, tenant: Tenant, signal: AbortSignal): Promise<readonly string[]> =>
  (await Promise.all(tenantsOf(tenant).map((one) => readTrustedOwners(api, one, signal)))).flat();

/** The owners that the account or the project trusts. */
export const everyTrustedOwnerQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.trustedOwners, 'every', tenant],
    queryFn: ({ signal }) => readEveryTrustedOwner(api, tenant, signal),
  });

/** Who can share with the project in `tenant`, or else with the account. */
export const acceptanceQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.acceptance, tenant],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/account/share-acceptance', { params: { query: tenant }, signal })),
  });

/** The limit of the service. */
const addressBookEntriesMax = 1_000;

export async function readAddressBook(
  api: Api,
  query: QueryParameters<'ListAddressBook'>,
  signal: AbortSignal,
): Promise<Page<AddressBookEntry>> {
  return unwrap(api.GET('/v1/account/address-book', { params: { query }, signal }));
}

/** The whole address book, which is loaded once. Nothing depends on it, so a failure is repeated only on request. */
export const addressBookQuery = (api: Api) => ({
  ...listQuery(keys.addressBook, (page, signal) => readAddressBook(api, { ...page, limit: 100 }, signal), addressBookEntriesMax),
  getNextPageParam: () => undefined,
  staleTime: Number.POSITIVE_INFINITY,
  retryOnMount: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});
