import { useEffect, useEffectEvent, useRef } from 'react';
import { usePreferences } from '../frame/preferences.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { workspaceOfUrl } from './access-check.ts';

type SetAddress = (address: URLSearchParams, options: { readonly replace: true }) => void;

/**
 * Goes to the place that the page's address names, so that a question that is sent on is answered where it was asked; when
 * another place is chosen, the address names that one. Says whether the page is there yet.
 */
export function useWorkspaceOfUrl(address: URLSearchParams, setAddress: SetAddress): boolean {
  const { choose } = usePreferences();
  const { regions, region, project, account } = useWorkspace();
  const wanted = workspaceOfUrl(address);
  const isKnown = regions.some((one) => one.region === wanted?.region);
  const isOwn = account.projects.some(({ projectId }) => projectId === wanted?.project);
  const isThere = !isKnown || (wanted?.region === region.region && (!isOwn || wanted.project === project));

  const goThere = useEffectEvent(() => {
    if (!isThere && wanted !== undefined) {
      choose({ region: wanted.region, ...(isOwn && wanted.project !== undefined && { project: wanted.project }) });
    }
  });
  const stated = address.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is what it goes by.
  useEffect(() => goThere(), [stated]);

  const here = `${region.region} ${project ?? ''}`;
  const last = useRef(here);
  const nameHere = useEffectEvent(() => {
    if (last.current !== here && wanted !== undefined && !isThere) {
      const { project: _, ...others } = Object.fromEntries(address);
      const named = { ...others, region: region.region, ...(project !== undefined && { project }) };
      setAddress(new URLSearchParams(named), { replace: true });
    }
    last.current = here;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is what it names.
  useEffect(() => nameHere(), [here]);
  return isThere;
}
