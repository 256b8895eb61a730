import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import { FormDialog } from '../components/form-dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';
import { useTrustedOwners } from './use-trusted-owners.ts';

const ownersMax = 100;

const idsIn = (text: string): string[] => text.split(/[\s,;，；、]+/).filter((id) => id !== '');

export function TrustedOwnersDialog({ onClose }: { onClose: (isChanged: boolean) => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(sharedImagesTexts);
  const { notify } = useNotices();
  const change = useChange();
  const { called, put } = useTrustedOwners();
  const [typed, setTyped] = useState('');
  const [draft, setDraft] = useState<readonly string[]>();
  const owners = draft ?? called.data ?? [];
  const wanted = [...new Set([...owners, ...idsIn(typed)])];
  const isTooLong = wanted.length > ownersMax;

  const add = () => {
    setDraft(wanted);
    setTyped('');
  };
  const save = () =>
    change.make(wanted, async (header) => {
      await put(wanted, header);
      notify({ type: 'success', text: texts.trustedSaved(wanted.length) });
      onClose(true);
    });

  return (
    <FormDialog
      header={texts.trustedOwners}
      submitText={common.saveChanges}
      change={change}
      isDisabled={called.data === undefined || isTooLong}
      onSubmit={() => void save()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.trustedText}</Box>
      <LoadError called={called} />
      <FormField
        label={texts.ownerIds}
        description={texts.ownerIdsHint}
        errorText={isTooLong && texts.tooManyOwners(ownersMax)}
        secondaryControl={
          <Button formAction="none" onClick={add} disabled={idsIn(typed).length === 0}>
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
              add();
            }
          }}
        />
      </FormField>
      {called.data === undefined && called.isLoading ? (
        <Loading />
      ) : (
        owners.length === 0 && <Box variant="strong">{texts.noTrustedOwners}</Box>
      )}
      <TokenGroup
        limit={10}
        items={owners.map((owner) => ({ label: owner, dismissLabel: texts.removeOwner(owner) }))}
        onDismiss={({ detail }) => setDraft(owners.filter((_, at) => at !== detail.itemIndex))}
      />
    </FormDialog>
  );
}
