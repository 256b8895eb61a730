import { useCallback } from 'react';
import { answerOf } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { Page } from '../parts/page.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { AccessKeys } from './access-keys.tsx';
import { Ids } from './ids.tsx';
import { Quotas } from './quotas.tsx';
import { accountTexts } from './texts.ts';
import { Usage } from './usage.tsx';

/** All about the account itself. What the frame knows of it is shown at once, and what it is by now when that is read. */
export default function Account() {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const place = usePlace();
  const read = useCallback(() => answerOf(api.GET('/v1/account')), [api]);
  const called = useCall(read);
  const account = called.data ?? place.account;
  return (
    <Page title={texts.title} description={texts.description}>
      <Trouble called={called} />
      <Ids account={account} />
      <Quotas account={account} isLoading={called.isLoading} refresh={called.refresh} />
      <AccessKeys />
      <Usage account={account} />
    </Page>
  );
}
