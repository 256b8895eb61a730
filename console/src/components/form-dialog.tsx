import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useRef } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import type { Change } from './use-change.ts';
import { useInitialFocus } from './use-initial-focus.ts';
import { useRevealError } from './use-reveal-error.ts';

interface Form {
  readonly header: string;
  /** What the button says that sends the form. */
  readonly submitText: string;
  /** What sending it does. */
  readonly change: Change;
  readonly isDisabled?: boolean;
  /** Shown within the refusal. */
  readonly remedy?: React.ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

/** A form in a dialog, opened at its first field. It stays with what was typed until it is done or closed. */
export function FormDialog({ header, submitText, change, isDisabled = false, remedy, onSubmit, onClose, children }: Form) {
  const texts = useTexts(commonTexts);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, problem } = change;
  const revealError = useRevealError(form, problem);
  // A field that suggests opens its list when it gets the focus, and would cover the rest of the dialog.
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
