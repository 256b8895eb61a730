import { Loading } from '../parts/loading.tsx';

export default function CustomImages() {
  return <Loading />;
}
