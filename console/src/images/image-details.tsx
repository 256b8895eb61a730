import { useEffect, useRef } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Loading } from '../components/loading.tsx';
import { usePreferences } from '../frame/preferences.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { ImagePage } from './image-page.tsx';

/** Switches to the region and project of the URL. If the user chooses others later, navigates to the list. */
export default function ImageDetails() {
  const { region = '', imageId = '' } = useParams();
  const [address] = useSearchParams();
  const { regions, region: here, project, account } = useWorkspace();
  const { choose } = usePreferences();
  const navigate = useNavigate();
  const arrived = useRef<string>(undefined);
  const isKnown = regions.some((one) => one.region === region);
  const named = account.projects.find(({ projectId }) => projectId === address.get('project'))?.projectId;
  const isHere = here.region === region && (named === undefined || named === project);
  const goal = `${region} ${named}`;
  useEffect(() => {
    if (isHere) {
      arrived.current = goal;
    } else if (arrived.current === goal) {
      void navigate('/images');
    } else if (isKnown) {
      choose({ region, ...(named !== undefined && { project: named }) });
    }
  }, [isHere, isKnown, goal, region, named, choose, navigate]);
  return isHere || !isKnown ? <ImagePage key={`${region}/${imageId}`} region={region} imageId={imageId} /> : <Loading />;
}
