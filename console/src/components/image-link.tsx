import { useWorkspace } from '../frame/workspace.tsx';
import { PageLink } from './page-link.tsx';

interface ImageLinkProps {
  readonly region: string;
  readonly imageId: string;
  readonly children: React.ReactNode;
}

/** Leads to an image's own page, as the project that it is seen by where images belong to projects. */
export function ImageLink({ region, imageId, children }: ImageLinkProps) {
  const { project } = useWorkspace();
  const path = `/images/${encodeURIComponent(region)}/${encodeURIComponent(imageId)}`;
  return <PageLink to={project === undefined ? path : `${path}?${new URLSearchParams({ project })}`}>{children}</PageLink>;
}
