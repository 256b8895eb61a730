import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
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
  const content = useEscapeWithoutFocus(close);
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
      <div ref={content} data-dialog-content>
        <SpaceBetween size="m">{children}</SpaceBetween>
      </div>
    </Modal>
  );
}

/**
 * Closes a dialog on Escape while nothing has the focus, as after a click on its text. The modal itself hears only keys
 * that are pressed within it. What it gives belongs to the dialog's content: of several dialogs only the last one closes.
 */
function useEscapeWithoutFocus(close: () => void): React.RefObject<HTMLDivElement | null> {
  const content = useRef<HTMLDivElement>(null);
  const onKeyDown = useEffectEvent(({ key, target }: KeyboardEvent) => {
    const last = [...document.querySelectorAll('[data-dialog-content]')].at(-1);
    if (key === 'Escape' && target === document.body && last === content.current) {
      close();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return content;
}

/**
 * Gives a button the focus when the action is done, unless something else has it: the action's own button had it, and goes.
 * A layout effect runs before the next event, so that an Escape that comes right then still closes the dialog.
 */
function useFocusOnceDone(isDone: boolean): React.RefObject<ButtonProps.Ref | null> {
  const button = useRef<ButtonProps.Ref>(null);
  const wasDone = useRef(isDone);
  useLayoutEffect(() => {
    if (isDone && !wasDone.current && document.activeElement === document.body) {
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
