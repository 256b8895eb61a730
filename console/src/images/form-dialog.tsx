import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId } from 'react';
import type { Problem } from '../api/problem.ts';
import { Refusal } from '../parts/refusal.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

interface FormDialogProps {
  readonly title: string;
  /** What the button says that sends the form. */
  readonly submit: string;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  readonly problem: Problem | undefined;
  /** Shown within the refusal. */
  readonly remedy?: React.ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A form in a dialog, which stays with what was typed until it is done or closed. */
export function FormDialog(props: FormDialogProps) {
  const { title, submit, isBusy, isDisabled = false, problem, remedy, onSubmit, onClose, children } = props;
  const texts = useTexts(commonTexts);
  const form = useId();
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={texts.close}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onClose}>
              {texts.cancel}
            </Button>
            <Button variant="primary" form={form} loading={isBusy} loadingText={submit} disabled={isDisabled}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDisabled) {
            onSubmit();
          }
        }}
      >
        <SpaceBetween size="m">
          {children}
          {problem !== undefined && <Refusal problem={problem}>{remedy}</Refusal>}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
