import { PageLink } from './page-link.tsx';

interface ImageLinkProps {
  readonly region: string;
  readonly imageId: string;
  readonly children: React.ReactNode;
}

export const ImageLink = ({ region, imageId, children }: ImageLinkProps) => (
  <PageLink to={`/images/${encodeURIComponent(region)}/${encodeURIComponent(imageId)}`}>{children}</PageLink>
);
