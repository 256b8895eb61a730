import { useEffect, useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { usePlace } from '../frame/place.tsx';
import { usePreferences } from '../frame/preferences.tsx';
import { Loading } from '../parts/loading.tsx';
import { ImagePage } from './image-page.tsx';

/** The page of an image: goes to the region that the address names, and to the list when another one is chosen. */
export default function ImageDetails() {
  const { region = '', imageId = '' } = useParams();
  const { regions, region: here } = usePlace();
  const { choose } = usePreferences();
  const navigate = useNavigate();
  const arrived = useRef<string>(undefined);
  const isKnown = regions.some((one) => one.region === region);
  const isHere = here.region === region;
  useEffect(() => {
    if (isHere) {
      arrived.current = region;
    } else if (arrived.current === region) {
      void navigate('/images');
    } else if (isKnown) {
      choose({ region });
    }
  }, [isHere, isKnown, region, choose, navigate]);
  return isHere || !isKnown ? <ImagePage key={`${region}/${imageId}`} region={region} imageId={imageId} /> : <Loading />;
}
