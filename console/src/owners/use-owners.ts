import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNameOf } from '../address-book/use-address-book.ts';
import { acceptanceQuery, everyTrustedOwnerQuery, tenantsOf, trustedOwnersQuery } from '../api/account-queries.ts';
import { unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ownersTexts } from './texts.ts';

/** Whom the account or chosen project trusts and blocks. Undefined until it is known. */
export function useOwners() {
  const { api } = useSession();
  const { query } = useWorkspace();
  const { data: trusted } = useQuery(everyTrustedOwnerQuery(api, query));
  const { data: acceptance } = useQuery(acceptanceQuery(api, query));
  return {
    isTrusted: (owner: string) => trusted?.includes(owner),
    isBlocked: (owner: string) => acceptance?.blockedOwners.includes(owner),
  };
}

/** Changes for one owner. The API replaces lists as a whole, so each change loads the list first. */
export function useOwnerChanges() {
  const texts = useRegionTexts(ownersTexts);
  const common = useTexts(commonTexts);
  const { detailOf } = useServiceTexts();
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const client = useQueryClient();
  const nameOf = useNameOf();

  const trust = useCalls({
    run: async ({ once }, { owner, isTrusted }: { owner: string; isTrusted: boolean }) => {
      // The account's owners are trusted in its projects, too.
      for (const tenant of isTrusted ? [query] : tenantsOf(query)) {
        const before = await client.fetchQuery(trustedOwnersQuery(api, tenant));
        if (before.includes(owner) !== isTrusted) {
          const body = { owners: isTrusted ? [...before, owner] : before.filter((one) => one !== owner) };
          await once(tenant.project ?? '', body, (header) =>
            unwrap(api.PUT('/v1/account/trusted-owners', { params: { query: tenant, header }, body })),
          );
        }
      }
    },
    changes: [keys.trustedOwners, keys.images],
    onSuccess: (_, { owner, isTrusted }) =>
      notify({ type: 'success', text: isTrusted ? texts.ownerTrusted(nameOf(owner)) : texts.ownerUntrusted(nameOf(owner)) }),
    onError: ({ document }) => notify({ type: 'error', text: document === undefined ? common.unreachable : detailOf(document) }),
  });

  const block = useCalls({
    run: async ({ once, isPreview }, { owner, isBlocked }: { owner: string; isBlocked: boolean }) => {
      const acceptance = acceptanceQuery(api, query);
      const before = isPreview ? client.getQueryData(acceptance.queryKey) : await client.fetchQuery(acceptance);
      if (before !== undefined) {
        const others = before.blockedOwners.filter((one) => one !== owner);
        const body = { from: before.from, blockedOwners: isBlocked ? [...others, owner] : others };
        await once('', body, (header) => unwrap(api.PUT('/v1/account/share-acceptance', { params: { query, header }, body })));
      }
    },
    changes: [keys.acceptance],
    onSuccess: (_, { owner, isBlocked }) =>
      notify({ type: 'success', text: isBlocked ? texts.blockedNotice(nameOf(owner)) : texts.unblockedNotice(nameOf(owner)) }),
  });
  return { trust, block };
}
