import { useCallback } from 'react';
import { unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { LoadError } from '../components/load-error.tsx';
import { Page } from '../components/page.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { AccessKeys } from './access-keys.tsx';
import { AccountDetails } from './account-details.tsx';
import { Quotas } from './quotas.tsx';
import { accountTexts } from './texts.ts';
import { Usage } from './usage.tsx';

/** Shows the account that the workspace already loaded until the current one arrives. */
export default function Account() {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const workspace = useWorkspace();
  const read = useCallback(() => unwrap(api.GET('/v1/account')), [api]);
  const called = useCall(read);
  const account = called.data ?? workspace.account;
  return (
    <Page title={texts.title} description={texts.description}>
      <LoadError called={called} />
      <AccountDetails account={account} />
      <Quotas account={account} isLoading={called.isLoading} refresh={called.refresh} />
      <AccessKeys />
      <Usage account={account} />
    </Page>
  );
}
