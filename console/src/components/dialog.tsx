import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useEffectEvent, useRef } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface Action {
  readonly text: string;
  readonly isRunning: boolean;
  readonly isDisabled?: boolean;
  readonly disabledReason?: string;
  /** Either a click handler, or the ID of the form that the button submits. */
  readonly run?: () => void;
  readonly form?: string;
}

interface DialogProps {
  readonly header: string;
  readonly children: React.ReactNode;
  readonly size?: 'medium' | 'large';
  readonly onClose: () => void;
  readonly closeText?: string;
  /** Absent if the dialog only shows something. */
  readonly action?: Action | undefined;
  /** A further button. */
  readonly extra?: React.ReactNode;
}

export function Dialog({ header, children, size = 'medium', onClose, closeText, action, extra }: DialogProps) {
  const texts = useTexts(commonTexts);
  // A running request can't be canceled, so the dialog stays open until it finishes.
  const close = () => {
    if (action?.isRunning !== true) {
      onClose();
    }
  };
  const content = useRef<HTMLDivElement>(null);
  /** If several dialogs are open, keys are for the last one. React also passes them to the one that contains it. */
  const isLast = () => [...document.querySelectorAll('[data-dialog-content]')].at(-1) === content.current;
  useEscapeWithoutFocus(() => isLast() && close());
  return (
    <Modal
      visible
      size={size}
      // What loads later makes the dialog longer; it must not move what is above.
      position="top"
      header={header}
      closeAriaLabel={texts.close}
      onDismiss={({ detail }) => {
        // A click outside the dialog must not discard input.
        const isForOther = detail.reason === 'keyboard' && !isLast();
        if (!isForOther && (action === undefined || detail.reason !== 'overlay')) {
          close();
        }
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {extra}
            <Button variant={action === undefined ? 'primary' : 'link'} onClick={close}>
              {closeText ?? (action === undefined ? texts.close : texts.cancel)}
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

/** Reports Escape while nothing has the focus, such as after a click on text. The modal itself receives only keys pressed inside it. */
function useEscapeWithoutFocus(onEscape: () => void): void {
  const onKeyDown = useEffectEvent(({ key, target }: KeyboardEvent) => {
    if (key === 'Escape' && target === document.body) {
      onEscape();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function ActionButton({ text, isRunning, isDisabled = false, disabledReason, run, form }: Action) {
  return (
    <Button
      variant="primary"
      loading={isRunning}
      loadingText={text}
      disabled={isDisabled}
      {...(disabledReason !== undefined && { disabledReason })}
      {...(run && { onClick: run })}
      {...(form !== undefined && { form })}
    >
      {text}
    </Button>
  );
}
