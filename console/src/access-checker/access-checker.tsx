import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { accessQuery, typedImageQuery } from '../api/image-queries.ts';
import { LoadError } from '../components/load-error.tsx';
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
  const { image: typed, use, product, principal, instance } = check;
  const asked = {
    ...tenant,
    use,
    ...(product !== undefined && { product }),
    ...(principal !== '' && { principal }),
    ...(instance !== undefined && { instanceId: instance }),
  };
  const found = useQuery({ ...typedImageQuery(api, region, tenant, typed), enabled: typed !== '' });
  const imageProblem = typeof found.data === 'string' ? found.data : undefined;
  const imageId = typeof found.data === 'object' ? found.data.imageId : '';
  const query = useQuery({ ...accessQuery(api, { region, imageId }, asked), enabled: imageId !== '' });
  const run = (next: AccessCheck) => {
    const wanted = new URLSearchParams(urlParamsOf(next, { region, project }));
    if (wanted.toString() === search) {
      void found.refetch();
      if (imageId !== '') {
        void query.refetch();
      }
    } else {
      void setAddress(wanted);
    }
  };
  return (
    <Page title={texts.title} description={texts.description}>
      <CheckForm initial={check} imageProblem={imageProblem} isBusy={found.isFetching || query.isFetching} onSubmit={run} />
      <LoadError query={found} />
      {found.error === null && <CheckResult check={{ ...check, image: imageId }} isSearching={found.isLoading} query={query} />}
    </Page>
  );
}
