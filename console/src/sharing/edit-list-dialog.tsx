import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Image, Share } from '../api/client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { Consequences } from './consequences.tsx';
import { Difference } from './difference.tsx';
import { EndTimeField } from './end-time-field.tsx';
import { endingTexts } from './ending-texts.ts';
import { ListField } from './list-field.tsx';
import { Remarks } from './remarks.tsx';
import { RiskField } from './risk-field.tsx';
import { sharingTexts } from './texts.ts';
import { useListEdit } from './use-list-edit.ts';

/** States the whole list of an image's recipients, after it was shown what that changes. */
export function EditListDialog({
  image,
  shares,
  onClose,
}: {
  image: Image;
  shares: readonly Share[];
  onClose: (changed: boolean) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(endingTexts);
  const sharing = useTexts(sharingTexts);
  const edit = useListEdit(image, shares);
  const { difference, meanwhile, outcome, over } = edit;
  const saved = outcome?.answer;
  const wasOther =
    saved !== undefined && (saved.added.length !== difference.added.length || saved.removed.length !== difference.removed.length);
  const isUnchanged = difference.added.length + difference.removed.length === 0;
  return (
    <Dialog
      size="large"
      header={texts.editTitle(image.name)}
      onClose={() => onClose(outcome !== undefined)}
      {...(saved === undefined && {
        action: {
          text: common.save,
          isRunning: edit.isSaving,
          isDisabled: isUnchanged || edit.hasChangedMeanwhile,
          run: () => void edit.save(),
        },
      })}
    >
      {saved !== undefined ? (
        <SpaceBetween size="m">
          {wasOther && <Alert type="warning">{texts.otherwise}</Alert>}
          <StatusIndicator type="success">{texts.added(saved.added.length)}</StatusIndicator>
          <StatusIndicator type="success">{texts.removed(saved.removed.length)}</StatusIndicator>
          <StatusIndicator type="info">{texts.used(saved.used, saved.cap)}</StatusIndicator>
        </SpaceBetween>
      ) : (
        <SpaceBetween size="m">
          <Trouble called={edit.called} />
          {edit.hasChangedMeanwhile && (
            <Alert
              type="warning"
              header={texts.meanwhileTitle}
              action={<Button onClick={edit.takeOver}>{texts.takeOver}</Button>}
            >
              {texts.meanwhile(meanwhile.added.join(', '), meanwhile.removed.join(', '))}
            </Alert>
          )}
          <FormField
            stretch
            label={texts.list}
            description={texts.listHint}
            constraintText={texts.used(edit.ids.length, edit.cap)}
            errorText={over > 0 ? texts.overCap(over) : edit.isWrong ? sharing.someWrong : undefined}
          >
            <ListField value={edit.text} onChange={edit.setText} />
          </FormField>
          {edit.isAsking && <StatusIndicator type="loading">{sharing.checking}</StatusIndicator>}
          <Remarks remarks={edit.remarks} images={1} holderKind={edit.region.holderKind} />
          <Difference {...difference} />
          {difference.removed.length > 0 && <Consequences />}
          {difference.added.length > 0 && (
            <SpaceBetween size="m">
              <EndTimeField {...edit.ending} />
              <RiskField {...edit.risk} />
            </SpaceBetween>
          )}
          {edit.refusal && <Refusal problem={edit.refusal} />}
        </SpaceBetween>
      )}
    </Dialog>
  );
}
