import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

interface Frame {
  readonly header: string;
  readonly children: React.ReactNode;
  readonly size?: 'medium' | 'large';
  readonly onClose: () => void;
  /** What the dialog is for; absent once it is done. */
  readonly action?: {
    readonly text: string;
    readonly isRunning: boolean;
    readonly isDisabled?: boolean;
    readonly run: () => void;
  };
}

/** The frame of the dialogs: Escape and the first button close them, the second one does what they are for. */
export function Dialog({ header, children, size = 'medium', onClose, action }: Frame) {
  const texts = useTexts(commonTexts);
  return (
    <Modal
      visible
      size={size}
      header={header}
      closeAriaLabel={texts.close}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant={action === undefined ? 'primary' : 'link'} onClick={onClose}>
              {texts.close}
            </Button>
            {action && (
              <Button variant="primary" loading={action.isRunning} disabled={action.isDisabled ?? false} onClick={action.run}>
                {action.text}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">{children}</SpaceBetween>
    </Modal>
  );
}
