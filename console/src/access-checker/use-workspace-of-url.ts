import { useEffect, useEffectEvent, useRef } from 'react';
import { usePreferences } from '../frame/preferences.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { workspaceOfUrl } from './access-check.ts';

type SetAddress = (address: URLSearchParams, options: { readonly replace: true }) => void;

/**
 * Keeps the workspace and the URL in sync: a URL switches the workspace, and switching the workspace updates the URL. Returns
 * whether the workspace matches the URL.
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the URL changes.
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the workspace changes.
  useEffect(() => nameHere(), [here]);
  return isThere;
}
