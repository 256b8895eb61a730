import { useQuery } from '@tanstack/react-query';
import { accountQuery } from '../api/account-queries.ts';
import { LoadError } from '../components/load-error.tsx';
import { Page } from '../components/page.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { Acceptance } from '../owners/acceptance.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { AccessKeys } from './access-keys.tsx';
import { AccountDetails } from './account-details.tsx';
import { Quotas } from './quotas.tsx';
import { accountTexts } from './texts.ts';
import { Usage } from './usage.tsx';

export default function Account() {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { account } = useWorkspace();
  const query = useQuery(accountQuery(api));
  return (
    <Page title={texts.title} description={texts.description}>
      <LoadError query={query} />
      <AccountDetails account={account} />
      <Acceptance />
      <Quotas account={account} isLoading={query.isFetching} refresh={() => void query.refetch()} />
      <AccessKeys />
      <Usage account={account} />
    </Page>
  );
}
