import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useId, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { Refusal } from './refusal.tsx';

interface Change {
  readonly header: string;
  readonly submitText: string;
  /** Makes the change and says so. What it throws is shown in the dialog, which stays open with what was typed. */
  readonly onSubmit: (idempotencyKey: string) => Promise<void>;
  readonly onClose: () => void;
  /** Told instead of onSubmit while `isComplete` is false, so that what is missing can be pointed out. */
  readonly isComplete?: boolean;
  readonly onIncomplete?: () => void;
  readonly children: React.ReactNode;
}

/** A dialog that changes one thing, opened at its first field. All its calls carry one key, so that a repeated click does nothing twice. */
export function ChangeDialog({ header, submitText, onSubmit, onClose, isComplete = true, onIncomplete, children }: Change) {
  const texts = useTexts(commonTexts);
  const form = useId();
  const [key] = useState(() => crypto.randomUUID());
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  // The dialog gives the focus to its close button as it opens, whichever field asks for it.
  useEffect(() => {
    const timer = setTimeout(() => document.getElementById(form)?.querySelector<HTMLElement>('input, textarea')?.focus());
    return () => clearTimeout(timer);
  }, [form]);

  const submit = async () => {
    if (isRunning) {
      return;
    }
    if (!isComplete) {
      onIncomplete?.();
      return;
    }
    setRunning(true);
    setProblem(undefined);
    try {
      await onSubmit(key);
    } catch (failure) {
      setProblem(failure instanceof Problem ? failure : new Problem(undefined, failure));
    } finally {
      setRunning(false);
    }
  };

  // What runs already cannot be called off: the dialog stays until it is known what came of it.
  const close = () => {
    if (!isRunning) {
      onClose();
    }
  };

  return (
    <Modal
      visible
      header={header}
      closeAriaLabel={texts.close}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close} disabled={isRunning}>
              {texts.cancel}
            </Button>
            <Button variant="primary" form={form} loading={isRunning} loadingText={texts.loading}>
              {submitText}
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
          void submit();
        }}
      >
        <SpaceBetween size="l">
          {children}
          {problem !== undefined && (
            <LiveRegion>
              <Refusal problem={problem} />
            </LiveRegion>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
