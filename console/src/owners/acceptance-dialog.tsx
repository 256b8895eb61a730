import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { acceptanceQuery, trustedOwnersQuery } from '../api/account-queries.ts';
import { type RequestBody, type Schemas, unwrap } from '../api/client.ts';
import { keys, type Tenant } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { OwnerIdsField, ownersIn, ownersMax } from './owner-ids-field.tsx';
import { ownersTexts } from './texts.ts';

type From = Schemas['ShareAcceptance']['from'];

/** Edits who can share with the project in `tenant`, or else with the account. */
export function AcceptanceDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const common = useTexts(commonTexts);
  const kind = tenant.project === undefined ? 'account' : 'project';
  const texts = useTexts(ownersTexts)[kind];
  const { regions } = useWorkspace();
  const mayLeave = regions.some(({ principalKind, recipientMayLeave }) => principalKind === kind && recipientMayLeave);
  const nameOf = useNameOf();
  const { notify } = useNotices();
  const { api } = useSession();
  const loaded = useQuery(acceptanceQuery(api, tenant));
  const { data: trusted = [] } = useQuery(trustedOwnersQuery(api, tenant));
  // Saving replaces the list as a whole, so a cached list isn't good enough.
  const current = loaded.isFetchedAfterMount ? loaded.data : undefined;
  const [draft, setDraft] = useState<{ readonly from?: From; readonly blocked?: string }>({});
  const from = draft.from ?? current?.from;
  const text = draft.blocked ?? current?.blockedOwners.join('\n') ?? '';
  const blockedOwners = ownersIn(text);

  const change = useChange({
    send: (header, body: RequestBody<'PutShareAcceptance'>) =>
      unwrap(api.PUT('/v1/account/share-acceptance', { params: { query: tenant, header }, body })),
    changes: [keys.acceptance],
    onSuccess: ({ unknownOwners }) => {
      notify({ type: 'success', text: texts.acceptanceSaved });
      if (unknownOwners.length > 0) {
        notify({ type: 'warning', text: texts.unknownOwners(unknownOwners.map(nameOf).join(common.listSeparator)) });
      }
      onClose();
    },
  });

  return (
    <FormDialog
      header={texts.title}
      submitText={common.saveChanges}
      change={change}
      isDisabled={from === undefined || blockedOwners === undefined}
      onSubmit={() => from && blockedOwners && change.mutate({ from, blockedOwners })}
      onClose={onClose}
    >
      <Box>{texts.acceptanceText}</Box>
      <LoadError query={loaded} />
      {current === undefined && loaded.isFetching && <Loading />}
      <FormField stretch label={texts.accepts}>
        <RadioGroup
          value={from ?? null}
          onChange={({ detail }) => setDraft({ ...draft, from: detail.value as From })}
          items={[
            { value: 'anyone', label: texts.anyone, description: texts.anyoneHint, disabled: current === undefined },
            {
              value: 'trusted',
              label: texts.trustedOnly,
              description: texts.trustedOnlyHint(trusted.length),
              disabled: current === undefined,
            },
          ]}
        />
      </FormField>
      <OwnerIdsField
        label={texts.blockedOwners}
        hint={texts.blockedHint(ownersMax)}
        value={text}
        isDisabled={current === undefined}
        onChange={(blocked) => setDraft({ ...draft, blocked })}
      />
      <Alert type="info">{texts.existingStay(mayLeave)}</Alert>
    </FormDialog>
  );
}
