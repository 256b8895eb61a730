import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useNameOf } from '../address-book/use-address-book.ts';
import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { SharesTable } from './shares-table.tsx';
import { StopDialog } from './stop-dialog.tsx';
import { recipientsTexts } from './texts.ts';

/** Everything of the caller that one recipient can use. */
export default function RecipientShares() {
  const { recipient = '' } = useParams();
  const texts = useTexts(recipientsTexts);
  const [isStopping, setStopping] = useState(false);
  useBreadcrumb({ below: '/recipients', name: useNameOf()(recipient) });
  return (
    <>
      <SharesTable
        key={recipient}
        recipient={recipient}
        action={<Button onClick={() => setStopping(true)}>{texts.stop}</Button>}
      />
      {isStopping && <StopDialog recipient={recipient} onClose={() => setStopping(false)} />}
    </>
  );
}
