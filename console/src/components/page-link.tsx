import Link from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';

/** A link that navigates within the console without reloading. */
export function PageLink({ to, children }: { to: string; children: React.ReactNode }) {
  const navigate = useNavigate();
  return (
    <Link
      href={`/console${to}`}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
