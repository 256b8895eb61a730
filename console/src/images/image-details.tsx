import { Loading } from '../parts/loading.tsx';

export default function ImageDetails() {
  return <Loading />;
}
