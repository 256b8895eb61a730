import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { accessQuery } from '../api/image-queries.ts';
import { Page } from '../components/page.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { type AccessCheck, checkOfUrl, urlParamsOf } from './access-check.ts';
import { CheckForm } from './check-form.tsx';
import { CheckResult } from './check-result.tsx';
import { accessCheckerTexts } from './texts.ts';

/** The check is stored in the URL, so that other pages can link to it and users can share it. */
export default function AccessChecker() {
  const texts = useTexts(accessCheckerTexts);
  const { api } = useSession();
  const {
    region: { region },
    project,
    query: tenant,
  } = useWorkspace();
  const [address, setAddress] = useSearchParams();
  const search = address.toString();
  const check = useMemo(() => checkOfUrl(new URLSearchParams(search)), [search]);
  const { image: imageId, use, product, principal, instance } = check;
  const asked = {
    ...tenant,
    use,
    ...(product !== undefined && { product }),
    ...(principal !== '' && { principal }),
    ...(instance !== undefined && { instanceId: instance }),
  };
  const query = useQuery({ ...accessQuery(api, { region, imageId }, asked), enabled: imageId !== '' });
  const run = (next: AccessCheck) => {
    const wanted = new URLSearchParams(urlParamsOf(next, { region, project }));
    if (wanted.toString() === search) {
      void query.refetch();
    } else {
      void setAddress(wanted);
    }
  };
  return (
    <Page title={texts.title} description={texts.description}>
      <CheckForm initial={check} isBusy={query.isFetching} onSubmit={run} />
      <CheckResult check={check} query={query} />
    </Page>
  );
}
