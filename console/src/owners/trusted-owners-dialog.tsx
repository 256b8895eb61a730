import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { trustedOwnersQuery } from '../api/account-queries.ts';
import { type RequestBody, unwrap } from '../api/client.ts';
import { keys, type Tenant } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { OwnerIdsField, ownersIn, ownersMax } from './owner-ids-field.tsx';
import { ownersTexts } from './texts.ts';

/** Edits the list of the project in `tenant`, or else that of the account. */
export function TrustedOwnersDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(ownersTexts)[tenant.project === undefined ? 'account' : 'project'];
  const nameOf = useNameOf();
  const { notify } = useNotices();
  const { api } = useSession();
  const loaded = useQuery(trustedOwnersQuery(api, tenant));
  // Saving replaces the list as a whole, so a cached list isn't good enough.
  const current = loaded.isFetchedAfterMount ? loaded.data : undefined;
  const [draft, setDraft] = useState<string>();
  const text = draft ?? current?.join('\n') ?? '';
  const owners = ownersIn(text);

  const change = useChange({
    send: (header, body: RequestBody<'PutTrustedOwners'>) =>
      unwrap(api.PUT('/v1/account/trusted-owners', { params: { query: tenant, header }, body })),
    changes: [keys.trustedOwners, keys.images],
    onSuccess: ({ owners: saved, unknownOwners }) => {
      notify({ type: 'success', text: texts.trustedSaved(saved.length) });
      if (unknownOwners.length > 0) {
        notify({ type: 'warning', text: texts.unknownOwners(unknownOwners.map(nameOf).join(common.listSeparator)) });
      }
      onClose();
    },
  });

  return (
    <FormDialog
      header={texts.trustedOwners}
      submitText={common.saveChanges}
      change={change}
      isDisabled={current === undefined || owners === undefined}
      onSubmit={() => owners && change.mutate({ owners })}
      onClose={onClose}
    >
      <Box>{texts.trustedText}</Box>
      <LoadError query={loaded} />
      {current === undefined && loaded.isFetching && <Loading />}
      <OwnerIdsField
        label={texts.ownerIds}
        hint={texts.trustedHint(ownersMax)}
        value={text}
        isDisabled={current === undefined}
        onChange={setDraft}
      />
    </FormDialog>
  );
}
