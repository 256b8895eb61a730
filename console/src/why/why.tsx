import { Loading } from '../parts/loading.tsx';

export default function Why() {
  return <Loading />;
}
