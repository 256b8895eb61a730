import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Problem } from '../api/problem.ts';
import { Refusal } from '../parts/refusal.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/** A dialog with one act: it says what will be, and why not when it is refused. `formId` names the form that the act sends. */
export function Dialog({
  header,
  act,
  onAct,
  onCancel,
  isBusy,
  isDisabled = false,
  problem,
  formId,
  children,
}: {
  header: string;
  act: string;
  onAct?: () => void;
  onCancel: () => void;
  isBusy: boolean;
  isDisabled?: boolean;
  problem: Problem | undefined;
  formId?: string;
  children: React.ReactNode;
}) {
  const common = useTexts(commonTexts);
  return (
    <Modal
      visible
      header={header}
      closeAriaLabel={common.close}
      onDismiss={onCancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel}>
              {common.cancel}
            </Button>
            <Button
              variant="primary"
              loading={isBusy}
              disabled={isDisabled}
              {...(onAct !== undefined && { onClick: onAct })}
              {...(formId !== undefined && { form: formId, formAction: 'submit' as const })}
            >
              {act}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {problem !== undefined && <Refusal problem={problem} />}
      </SpaceBetween>
    </Modal>
  );
}
