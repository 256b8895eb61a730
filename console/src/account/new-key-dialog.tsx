import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import type { Schemas } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { Copyable } from './copyable.tsx';
import { accountTexts } from './texts.ts';

/** Shows a new key and its secret, and goes only when it was confirmed that the secret is kept. */
export function NewKeyDialog({ made: { keyId, secret }, onClose }: { made: Schemas['NewAccessKey']; onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accountTexts);
  const [isLeaving, setIsLeaving] = useState(false);
  const hasSecret = secret !== undefined;

  useEffect(() => {
    if (!hasSecret) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasSecret]);

  const leave = () => (hasSecret ? setIsLeaving(true) : onClose());
  return (
    <Modal
      visible
      header={isLeaving ? texts.keptTitle : texts.createdTitle}
      closeAriaLabel={common.close}
      onDismiss={isLeaving ? () => setIsLeaving(false) : leave}
      footer={
        <Box float="right">
          {isLeaving ? (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setIsLeaving(false)}>{texts.keptNo}</Button>
              <Button variant="primary" onClick={onClose}>
                {texts.keptYes}
              </Button>
            </SpaceBetween>
          ) : (
            <Button variant="primary" onClick={leave}>
              {texts.done}
            </Button>
          )}
        </Box>
      }
    >
      {isLeaving ? (
        <Box>{texts.keptText(keyId)}</Box>
      ) : (
        <SpaceBetween size="m">
          {hasSecret ? (
            <Alert type="warning">{texts.createdWarning}</Alert>
          ) : (
            <Alert type="error" header={texts.secretLostTitle}>
              {texts.secretLost(keyId)}
            </Alert>
          )}
          <KeyValuePairs
            items={[
              { label: texts.keyId, value: <Copyable text={keyId} /> },
              ...(hasSecret ? [{ label: texts.secret, value: <Copyable text={secret} name={texts.secret} /> }] : []),
            ]}
          />
        </SpaceBetween>
      )}
    </Modal>
  );
}
