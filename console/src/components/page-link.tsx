import Link from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';
import { useHrefTo } from '../frame/workspace.tsx';

/** A link that navigates within the console without reloading, in the same region and project. */
export function PageLink({ to, children }: { to: string; children: React.ReactNode }) {
  const navigate = useNavigate();
  const path = useHrefTo()(to);
  return (
    <Link
      href={`/console${path}`}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(path);
      }}
    >
      {children}
    </Link>
  );
}
