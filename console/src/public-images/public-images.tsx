import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { publicImagesQuery } from '../api/image-queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { columnsOf } from '../images/image-columns.tsx';
import { imagesTexts } from '../images/texts.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { PublicImageActions } from './public-image-actions.tsx';
import { publicImagesTexts } from './texts.ts';

const columnIds = ['name', 'imageId', 'state', 'os', 'architecture', 'products', 'size', 'tags', 'created'] as const;

const shownColumns = {
  wide: ['name', 'imageId', 'state', 'os', 'architecture', 'size', 'created'],
  narrow: ['name', 'os'],
};

/** The images that the platform provides to everyone. */
export default function PublicImages() {
  const texts = useTexts(publicImagesTexts);
  const names = useTexts(imagesTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const [search] = useSearchState('search');
  const pages = useInfiniteQuery(publicImagesQuery(api, region.region, query, search.trim()));
  const columns = useMemo(() => {
    const all = columnsOf(names, region.recipientsPerImageMax);
    return columnIds.flatMap((id) => all.filter((column) => column.id === id));
  }, [names, region.recipientsPerImageMax]);
  return (
    <ResourceList
      texts={texts}
      empty={<EmptyState title={texts.empty} text={texts.emptyText} />}
      description={texts.about}
      pages={pages}
      table="public-images"
      columns={columns}
      shownColumns={shownColumns}
      idOf={({ imageId }) => imageId}
      actions={(image) => <PublicImageActions image={image} />}
    />
  );
}
