import { useWorkspace } from '../frame/workspace.tsx';
import { PageLink } from './page-link.tsx';

interface ImageLinkProps {
  readonly region: string;
  readonly imageId: string;
  readonly children: React.ReactNode;
}

/** Links to an image's page. The URL carries the project in Regions where images belong to projects. */
export function ImageLink({ region, imageId, children }: ImageLinkProps) {
  const { project } = useWorkspace();
  const path = `/images/${encodeURIComponent(region)}/${encodeURIComponent(imageId)}`;
  return <PageLink to={project === undefined ? path : `${path}?${new URLSearchParams({ project })}`}>{children}</PageLink>;
}
