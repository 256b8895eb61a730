import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useRef } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image, Share } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRevealError } from '../components/use-reveal-error.ts';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ChangePreview } from './change-preview.tsx';
import { Consequences } from './consequences.tsx';
import { ExpirationField } from './expiration-field.tsx';
import { FieldErrors } from './field-errors.tsx';
import { ListField } from './list-field.tsx';
import { removalTexts } from './removal-texts.ts';
import { RiskField } from './risk-field.tsx';
import { sharingTexts } from './texts.ts';
import { useRecipientsEdit } from './use-recipients-edit.ts';

/** Scrolls to what appears above the visible part of the dialog. */
const reveal = (alert: HTMLElement | null) => alert?.scrollIntoView({ block: 'nearest' });

export function EditRecipientsDialog({
  image,
  shares,
  onClose,
}: {
  image: Image;
  shares: readonly Share[];
  onClose: () => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(removalTexts);
  const sharing = useRegionTexts(sharingTexts);
  const { notify } = useNotices();
  const nameOf = useNameOf();
  const edit = useRecipientsEdit(image, shares, ({ added, removed, isDifferent }) => {
    const text = texts.edited(image.name, added, removed);
    notify(isDifferent ? { type: 'warning', text: `${texts.differentResult}${common.space}${text}` } : { type: 'success', text });
    onClose();
  });
  const form = useRef<HTMLDivElement>(null);
  const revealError = useRevealError(form, edit.saveError);
  const { difference, remoteChanges, over } = edit;
  const isUnchanged = difference.added.length + difference.removed.length === 0;
  return (
    <Dialog
      size="large"
      header={texts.editTitle(image.name)}
      onClose={onClose}
      action={{
        text: common.saveChanges,
        isRunning: edit.isSaving,
        isDisabled: isUnchanged || edit.hasRemoteChanges,
        ...(edit.hasRemoteChanges && { disabledReason: texts.mergeFirst }),
        run: () => {
          edit.save();
          revealError();
        },
      }}
    >
      <LoadError query={edit.current} />
      {edit.hasRemoteChanges && (
        <div ref={reveal} role="alert">
          <Alert type="warning" header={texts.changedElsewhereTitle} action={<Button onClick={edit.merge}>{texts.merge}</Button>}>
            {texts.changedElsewhere(
              remoteChanges.added.map(nameOf).join(common.listSeparator),
              remoteChanges.removed.map(nameOf).join(common.listSeparator),
            )}
          </Alert>
        </div>
      )}
      <div ref={form}>
        <SpaceBetween size="m">
          <FormField
            stretch
            label={texts.recipients}
            description={texts.recipientsHint}
            constraintText={texts.used(edit.ids.length, edit.cap)}
            errorText={over > 0 ? texts.overCap(over) : edit.isError ? sharing.invalidIds : undefined}
          >
            <ListField value={edit.text} ids={edit.ids} onChange={edit.setText} />
          </FormField>
          {edit.isChecking && <StatusIndicator type="loading">{sharing.checking}</StatusIndicator>}
          <FieldErrors issues={edit.issues} images={1} />
          <ChangePreview {...edit.preview} />
          {difference.removed.length > 0 && <Consequences dialog="edit" />}
          {difference.added.length > 0 && (
            <SpaceBetween size="m">
              <ExpirationField {...edit.expirationField} hint={sharing.addedExpiration} />
              <RiskField {...edit.riskField} />
            </SpaceBetween>
          )}
          {edit.problem && (
            <div data-problem>
              <ProblemAlert problem={edit.problem} />
            </div>
          )}
        </SpaceBetween>
      </div>
    </Dialog>
  );
}
