import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import type { Schemas } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { saveCsv } from '../components/csv-download.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

/** Asks for confirmation before it closes, because the secret can't be retrieved again. */
export function NewKeyDialog({ made: { keyId, secret }, onClose }: { made: Schemas['NewAccessKey']; onClose: () => void }) {
  const texts = useTexts(accountTexts);
  const [isLeaving, setIsLeaving] = useState(false);
  const hasSecret = secret !== undefined;

  useEffect(() => {
    if (!hasSecret) {
      return;
    }
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [hasSecret]);

  const leave = () => (hasSecret ? setIsLeaving(true) : onClose());
  return (
    <Dialog
      header={isLeaving ? texts.leaveTitle : texts.createdTitle}
      onClose={isLeaving ? () => setIsLeaving(false) : leave}
      closeText={isLeaving ? texts.leaveCancel : texts.done}
      action={isLeaving ? { text: texts.leaveConfirm, isRunning: false, run: onClose, isLocal: true } : undefined}
    >
      {isLeaving ? (
        <Box>{texts.leaveText(keyId)}</Box>
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
          {hasSecret && (
            <Button
              iconName="download"
              onClick={() =>
                saveCsv(`access-key-${keyId}.csv`, [
                  [texts.keyId, texts.secret],
                  [keyId, secret],
                ])
              }
            >
              {texts.downloadKey}
            </Button>
          )}
        </SpaceBetween>
      )}
    </Dialog>
  );
}
