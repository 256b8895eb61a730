import { useCallback } from 'react';
import { unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

export function useTrustedOwners() {
  const { api } = useSession();
  const { project } = useWorkspace();
  const read = useCallback(async () => {
    const query = project === undefined ? {} : { project };
    return (await unwrap(api.GET('/v1/account/trusted-owners', { params: { query } }))).owners;
  }, [api, project]);
  const called = useCall(read);

  const put = async (owners: readonly string[], header: { readonly 'Idempotency-Key': string }) => {
    const params = { query: project === undefined ? {} : { project }, header };
    await unwrap(api.PUT('/v1/account/trusted-owners', { params, body: { owners: [...owners] } }));
    await called.refresh();
  };

  /** Reloads the list first, because the API replaces the list as a whole. */
  const trust = async (owner: string, isTrusted: boolean) => {
    const others = (await read()).filter((one) => one !== owner);
    await put(isTrusted ? [...others, owner] : others, { 'Idempotency-Key': crypto.randomUUID() });
  };

  return { called, owners: new Set(called.data), put, trust };
}
