import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/** What a dialog is for. */
interface Action {
  readonly text: string;
  readonly isRunning: boolean;
  readonly isDisabled?: boolean;
  /** Does it; or `form` is the id of the form that the button sends. */
  readonly run?: () => void;
  readonly form?: string;
}

interface Frame {
  readonly header: string;
  readonly children: React.ReactNode;
  readonly size?: 'medium' | 'large';
  readonly onClose: () => void;
  /** What the button says that closes the dialog. */
  readonly closeText?: string;
  /** Absent once it is done. */
  readonly action?: Action | undefined;
}

/** The frame of every dialog: Escape and the first button close it, the second button does what it is for. */
export function Dialog({ header, children, size = 'medium', onClose, closeText, action }: Frame) {
  const texts = useTexts(commonTexts);
  const closing = useFocusOnceDone(action === undefined);
  // What runs already cannot be called off: the dialog stays until it is known what came of it.
  const close = () => {
    if (action?.isRunning !== true) {
      onClose();
    }
  };
  return (
    <Modal
      visible
      size={size}
      header={header}
      closeAriaLabel={texts.close}
      onDismiss={({ detail }) => {
        // A click beside a dialog must not lose what was typed in it.
        if (action === undefined || detail.reason !== 'overlay') {
          close();
        }
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button ref={closing} variant={action === undefined ? 'primary' : 'link'} onClick={close}>
              {closeText ?? texts.close}
            </Button>
            {action && <ActionButton {...action} />}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">{children}</SpaceBetween>
    </Modal>
  );
}

/** Gives a button the focus when the action is done: the action's own button had it, and goes. */
function useFocusOnceDone(isDone: boolean): React.RefObject<ButtonProps.Ref | null> {
  const button = useRef<ButtonProps.Ref>(null);
  const wasDone = useRef(isDone);
  useEffect(() => {
    if (isDone && !wasDone.current) {
      button.current?.focus();
    }
    wasDone.current = isDone;
  }, [isDone]);
  return button;
}

function ActionButton({ text, isRunning, isDisabled = false, run, form }: Action) {
  return (
    <Button
      variant="primary"
      loading={isRunning}
      loadingText={text}
      disabled={isDisabled}
      {...(run && { onClick: run })}
      {...(form !== undefined && { form })}
    >
      {text}
    </Button>
  );
}
