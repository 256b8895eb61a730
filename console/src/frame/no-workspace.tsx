import Button from '@cloudscape-design/components/button';
import { useLocation, useNavigate } from 'react-router';
import { Page } from '../components/page.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useRegionName } from './use-region-name.ts';
import { useSwitchWorkspace, useWorkspace } from './workspace.tsx';
import { searchIn } from './workspace-url.ts';

/** Shown in a region whose images belong to projects, to an account that has none. */
export function NoProject() {
  const texts = useTexts(commonTexts);
  const { regions, region } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const nameOf = useRegionName();
  const other = regions.find(({ principalKind }) => principalKind === 'account');
  return (
    <Page title={texts.noProject} description={texts.noProjectText(nameOf(region.region))}>
      {other && <Button onClick={() => switchTo({ region: other.region })}>{texts.switchTo(nameOf(other.region))}</Button>}
    </Page>
  );
}

/** Shown if the URL names a region that doesn't exist, or a project of somebody else. */
export function UnusableWorkspace() {
  const texts = useTexts(commonTexts);
  const { region, project, account, unusable } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const nameOf = useRegionName();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  if (unusable?.region !== undefined) {
    return (
      <Page title={texts.unknownRegion} description={texts.unknownRegionText(unusable.region)}>
        <Button onClick={() => switchTo({ region: region.region })}>{texts.switchTo(nameOf(region.region))}</Button>
      </Page>
    );
  }
  const name = account.projects.find(({ projectId }) => projectId === project)?.name ?? '';
  return (
    <Page title={texts.unknownProject} description={texts.unknownProjectText(unusable?.project ?? '')}>
      <Button onClick={() => void navigate({ pathname, search: searchIn(pathname, search, { region: region.region, project }) })}>
        {texts.switchTo(`${name} (${project})`)}
      </Button>
    </Page>
  );
}
