import { Loading } from '../parts/loading.tsx';

export default function Account() {
  return <Loading />;
}
