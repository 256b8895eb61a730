import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo } from 'react';
import { answerOf, type Image, type Instance } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { usePlace } from '../frame/place.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { moment } from '../parts/moment.ts';
import { ProductNames } from '../parts/product-names.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { FoundTable } from './found-table.tsx';
import { imagesTexts } from './texts.ts';

/** The caller's instances that were made from the image. */
export function MadeInstancesTable({ image: { region, imageId } }: { image: Image }) {
  const texts = useTexts(detailsTexts);
  const names = useTexts(imagesTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const narrowed = { ...query, imageId, ...(cursor !== undefined && { cursor }) };
      const params = { path: { region }, query: narrowed };
      const { instances, nextCursor } = await answerOf(api.GET('/v1/regions/{region}/instances', { params }));
      return { entries: instances, nextCursor };
    },
    [api, query, region, imageId],
  );
  const pages = usePages(readPage);
  const columns = useMemo(
    (): readonly TableProps.ColumnDefinition<Instance>[] => [
      {
        id: 'instanceId',
        header: texts.instanceId,
        cell: ({ instanceId }) => <Copyable text={instanceId} />,
        sortingField: 'instanceId',
        isRowHeader: true,
        minWidth: 180,
      },
      { id: 'holder', header: texts.holder, cell: ({ holder }) => holder, sortingField: 'holder', minWidth: 140 },
      {
        id: 'product',
        header: texts.product,
        cell: ({ product }) => <ProductNames products={[product]} />,
        sortingField: 'product',
        minWidth: 120,
      },
      { id: 'os', header: names.os, cell: ({ os }) => os, sortingField: 'os', minWidth: 150 },
      { id: 'disks', header: texts.disks, cell: ({ disksGiB }) => disksGiB.map(names.gib).join(', '), minWidth: 120 },
      {
        id: 'created',
        header: names.created,
        cell: ({ createdAt }) => moment(createdAt),
        sortingField: 'createdAt',
        minWidth: 170,
      },
    ],
    [texts, names],
  );
  return (
    <FoundTable
      pages={pages}
      columns={columns}
      trackBy="instanceId"
      title={texts.instances}
      text={texts.instancesText}
      empty={texts.noInstances}
      search={texts.findInstances}
      refresh={texts.refreshInstances}
    />
  );
}
