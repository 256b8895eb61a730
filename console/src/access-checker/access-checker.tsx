import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { Page } from '../components/page.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { type AccessCheck, checkOfUrl, urlParamsOf } from './access-check.ts';
import { CheckForm } from './check-form.tsx';
import { CheckResult } from './check-result.tsx';
import { accessCheckerTexts } from './texts.ts';
import { useWorkspaceOfUrl } from './use-workspace-of-url.ts';

/** The check is stored in the URL, so that other pages can link to it and users can share it. */
export default function AccessChecker() {
  const texts = useTexts(accessCheckerTexts);
  const { api } = useSession();
  const { region, project, query } = useWorkspace();
  const [address, setAddress] = useSearchParams();
  const search = address.toString();
  const isThere = useWorkspaceOfUrl(address, setAddress);
  const check = useMemo(() => checkOfUrl(new URLSearchParams(search)), [search]);
  const read = useCallback(async () => {
    const { image, use, product, principal, instance } = check;
    if (image === '' || !isThere) {
      return undefined;
    }
    const params = {
      ...query,
      use,
      ...(product !== undefined && { product }),
      ...(principal !== '' && { principal }),
      ...(instance !== undefined && { instanceId: instance }),
    };
    const path = { region: region.region, imageId: image };
    const call = api.GET('/v1/regions/{region}/images/{imageId}/access', { params: { path, query: params } });
    return { check, decision: await unwrap(call) };
  }, [api, region.region, query, check, isThere]);
  const called = useCall(read);
  const run = (next: AccessCheck) => {
    const wanted = new URLSearchParams(urlParamsOf(next, { region: region.region, project }));
    if (wanted.toString() === search) {
      void called.refresh();
    } else {
      void setAddress(wanted);
    }
  };
  return (
    <Page title={texts.title} description={texts.description}>
      <CheckForm initial={check} isBusy={called.isLoading && check.image !== ''} onSubmit={run} />
      <CheckResult hasRun={check.image !== ''} called={called} />
    </Page>
  );
}
