import { Loading } from '../parts/loading.tsx';

export default function SharedImages() {
  return <Loading />;
}
