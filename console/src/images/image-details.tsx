import { useParams } from 'react-router';
import { ImagePage } from './image-page.tsx';

export default function ImageDetails() {
  const { region = '', imageId = '' } = useParams();
  return <ImagePage key={`${region}/${imageId}`} region={region} imageId={imageId} />;
}
