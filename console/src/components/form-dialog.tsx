import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useRef } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import type { Change } from './use-change.ts';
import { useInitialFocus } from './use-initial-focus.ts';
import { useRevealError } from './use-reveal-error.ts';

interface FormDialogProps {
  readonly header: string;
  readonly submitText: string;
  /** The request that submitting the form sends. */
  readonly change: Change;
  readonly isDisabled?: boolean;
  /** Extra content of the error alert. */
  readonly remedy?: React.ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A form in a modal. Keeps its input until the request succeeds or the user closes the modal. */
export function FormDialog({
  header,
  submitText,
  change,
  isDisabled = false,
  remedy,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const texts = useTexts(commonTexts);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, problem } = change;
  const revealError = useRevealError(form, problem);
  // Focusing an autosuggest (role=combobox) opens its list, which covers the dialog.
  useInitialFocus(() => form.current?.querySelector<HTMLElement>('input:not([role=combobox]), textarea'));
  return (
    <Dialog
      header={header}
      closeText={texts.cancel}
      onClose={onClose}
      action={{ text: submitText, isRunning: isBusy, isDisabled, form: id }}
    >
      <form
        id={id}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDisabled) {
            onSubmit();
            revealError();
          }
        }}
      >
        <SpaceBetween size="m">
          {children}
          {problem !== undefined && (
            <LiveRegion>
              <div data-problem>
                <ProblemAlert problem={problem}>{remedy}</ProblemAlert>
              </div>
            </LiveRegion>
          )}
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
