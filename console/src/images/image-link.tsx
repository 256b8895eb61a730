import Link from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';

/** Leads to an image's own page. */
export function ImageLink({ region, imageId, children }: { region: string; imageId: string; children: string }) {
  const navigate = useNavigate();
  const path = `/images/${encodeURIComponent(region)}/${encodeURIComponent(imageId)}`;
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
