import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { type RequestBody, unwrap } from '../api/client.ts';
import { keys, trustedOwnersQuery } from '../api/queries.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { formProblemOf } from '../sharing/recipient-ids.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

const ownersMax = 100;

const idsIn = (text: string): string[] => text.split(/[\s,;，；、]+/).filter((id) => id !== '');

export function TrustedOwnersDialog({ onClose }: { onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(sharedImagesTexts);
  const nameOf = useNameOf();
  const { notify } = useNotices();
  const { api } = useSession();
  const { query } = useWorkspace();
  const loaded = useQuery(trustedOwnersQuery(api, query));
  // Saving replaces the list as a whole, so a cached list isn't good enough.
  const current = loaded.isFetchedAfterMount ? loaded.data : undefined;
  const [typed, setTyped] = useState('');
  const [draft, setDraft] = useState<readonly string[]>();
  const owners = draft ?? current ?? [];
  const wanted = [...new Set([...owners, ...idsIn(typed)])];
  const isTooLong = wanted.length > ownersMax;
  const wrong = idsIn(typed).find((id) => formProblemOf(id) !== undefined);

  const add = () => {
    setDraft(wanted);
    setTyped('');
  };
  const change = useChange({
    send: (header, body: RequestBody<'PutTrustedOwners'>) =>
      unwrap(api.PUT('/v1/account/trusted-owners', { params: { query, header }, body })),
    changes: [keys.trustedOwners, keys.images],
    onSuccess: ({ owners: saved }) => {
      notify({ type: 'success', text: texts.trustedSaved(saved.length) });
      onClose();
    },
  });

  return (
    <FormDialog
      header={texts.trustedOwners}
      submitText={common.saveChanges}
      change={change}
      isDisabled={current === undefined || isTooLong || wrong !== undefined}
      onSubmit={() => change.mutate({ owners: wanted })}
      onClose={onClose}
    >
      <Box>{texts.trustedText}</Box>
      <LoadError query={loaded} />
      <FormField
        label={texts.ownerIds}
        description={texts.ownerIdsHint}
        errorText={wrong === undefined ? isTooLong && texts.tooManyOwners(ownersMax) : texts.wrongOwner(wrong)}
        secondaryControl={
          <Button formAction="none" onClick={add} disabled={idsIn(typed).length === 0 || wrong !== undefined}>
            {texts.add}
          </Button>
        }
      >
        <Input
          value={typed}
          onChange={({ detail }) => setTyped(detail.value)}
          onKeyDown={(event) => {
            if (event.detail.key === 'Enter' && !event.detail.isComposing && idsIn(typed).length > 0) {
              event.preventDefault();
              if (wrong === undefined) {
                add();
              }
            }
          }}
        />
      </FormField>
      {current === undefined && loaded.isFetching ? (
        <Loading />
      ) : (
        owners.length === 0 && <Box variant="strong">{texts.noTrustedOwners}</Box>
      )}
      <TokenGroup
        limit={10}
        items={owners.map((owner) => ({ label: nameOf(owner), dismissLabel: texts.removeOwner(owner) }))}
        onDismiss={({ detail }) => setDraft(owners.filter((_, at) => at !== detail.itemIndex))}
      />
    </FormDialog>
  );
}
