import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useEffectEvent, useRef } from 'react';
import { ApiCallButton } from '../api-call/api-call-button.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface Action {
  readonly text: string;
  readonly isRunning: boolean;
  readonly isDisabled?: boolean;
  readonly disabledReason?: string;
  /** What the button does. To show it as API calls, the dialog runs it too, with the changes of `useCalls` sending nothing. */
  readonly run: () => void;
  /** The ID of a form that the button submits, which runs `run`. */
  readonly form?: string;
  /** Whether it calls no API. */
  readonly isLocal?: boolean;
}

interface DialogProps {
  readonly header: string;
  readonly children: React.ReactNode;
  readonly size?: 'medium' | 'large';
  readonly onClose: () => void;
  readonly closeText?: string;
  /** Absent if the dialog only shows something. */
  readonly action?: Action | undefined;
}

/** If the buttons don't fit into one row, the last ones are in a row of their own. */
const footerStyle = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: '8px 16px',
} as const;

export function Dialog({ header, children, size = 'medium', onClose, closeText, action }: DialogProps) {
  const texts = useTexts(commonTexts);
  // A running request can't be canceled, so the dialog stays open until it finishes.
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
      // What loads later makes the dialog longer; it must not move what is above.
      position="top"
      header={header}
      closeAriaLabel={texts.close}
      onDismiss={({ detail }) => {
        // A click outside the dialog must not discard input.
        if (action === undefined || detail.reason !== 'overlay') {
          close();
        }
      }}
      footer={
        <div style={footerStyle}>
          <div style={{ marginInlineEnd: 'auto' }}>
            {action && action.isLocal !== true && (
              <ApiCallButton submit={action.run} isDisabled={action.isDisabled === true || action.isRunning} />
            )}
          </div>
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant={action === undefined ? 'primary' : 'link'} onClick={close}>
              {closeText ?? (action === undefined ? texts.close : texts.cancel)}
            </Button>
            {action && <ActionButton {...action} />}
          </SpaceBetween>
        </div>
      }
    >
      <div ref={content} data-dialog-content>
        <SpaceBetween size="m">{children}</SpaceBetween>
      </div>
    </Modal>
  );
}

/**
 * Closes the dialog on Escape while nothing has the focus, such as after a click on its text. The modal itself receives only
 * keys pressed inside it. Attach the returned ref to the content: if several dialogs are open, only the last one closes.
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

function ActionButton({ text, isRunning, isDisabled = false, disabledReason, run, form }: Action) {
  return (
    <Button
      variant="primary"
      loading={isRunning}
      loadingText={text}
      disabled={isDisabled}
      {...(disabledReason !== undefined && { disabledReason })}
      {...(form === undefined ? { onClick: run } : { form })}
    >
      {text}
    </Button>
  );
}
