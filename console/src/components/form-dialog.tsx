import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useRef } from 'react';
import type { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useInitialFocus } from './use-initial-focus.ts';
import { useRevealError } from './use-reveal-error.ts';

interface FormDialogProps {
  readonly header: string;
  readonly submitText: string;
  /** The request that submitting the form sends. */
  readonly change: { readonly isPending: boolean; readonly error: Problem | null };
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
  const { isPending, error } = change;
  const revealError = useRevealError(form, error);
  // Focusing an autosuggest (role=combobox) opens its list, which covers the dialog.
  useInitialFocus(() => form.current?.querySelector<HTMLElement>('input:not([role=combobox]), textarea'));
  return (
    <Dialog
      header={header}
      closeText={texts.cancel}
      onClose={onClose}
      action={{ text: submitText, isRunning: isPending, isDisabled, run: onSubmit, form: id }}
    >
      <form
        id={id}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isDisabled && !isPending) {
            onSubmit();
            revealError();
          }
        }}
      >
        <SpaceBetween size="m">
          {children}
          {error !== null && (
            <div data-problem>
              <ProblemAlert problem={error}>{remedy}</ProblemAlert>
            </div>
          )}
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
