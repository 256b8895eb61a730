import Button from '@cloudscape-design/components/button';
import { useLocation, useNavigate } from 'react-router';
import { EmptyState } from '../components/empty-state.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useSwitchWorkspace, useWorkspace } from './workspace.tsx';
import { searchIn } from './workspace-url.ts';

/** Shown in a region whose images belong to projects, to an account that has none. */
export function NoProject() {
  const texts = useTexts(commonTexts);
  const { regions, region } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const other = regions.find(({ principalKind }) => principalKind === 'account');
  return (
    <EmptyState title={texts.noProject} text={texts.noProjectText(region.region)}>
      {other && <Button onClick={() => switchTo({ region: other.region })}>{texts.switchTo(other.region)}</Button>}
    </EmptyState>
  );
}

/** Shown if the URL names a region that doesn't exist, or a project of somebody else. */
export function UnusableWorkspace() {
  const texts = useTexts(commonTexts);
  const { region, project, account, unusable } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  if (unusable?.region !== undefined) {
    return (
      <EmptyState title={texts.unknownRegion} text={texts.unknownRegionText(unusable.region)}>
        <Button onClick={() => switchTo({ region: region.region })}>{texts.switchTo(region.region)}</Button>
      </EmptyState>
    );
  }
  const name = account.projects.find(({ projectId }) => projectId === project)?.name ?? '';
  return (
    <EmptyState title={texts.unknownProject} text={texts.unknownProjectText(unusable?.project ?? '')}>
      <Button onClick={() => void navigate({ pathname, search: searchIn(pathname, search, { region: region.region, project }) })}>
        {texts.switchTo(`${name} (${project})`)}
      </Button>
    </EmptyState>
  );
}
