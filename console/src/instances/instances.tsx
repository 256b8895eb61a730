import { Loading } from '../parts/loading.tsx';

export default function Instances() {
  return <Loading />;
}
