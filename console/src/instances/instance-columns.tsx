import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Instance } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { ProductNames } from '../components/product-names.tsx';
import type { InstancesTexts } from './texts.ts';

/** `imageNames` has the names of the images that are known to the caller, by ID. */
export const instanceColumns = (
  texts: InstancesTexts,
  imageNames: ReadonlyMap<string, string>,
): TableProps.ColumnDefinition<Instance>[] => {
  const nameOf = ({ imageId }: Instance) => imageNames.get(imageId) ?? imageId;
  return [
    {
      id: 'instanceId',
      header: texts.instanceId,
      cell: ({ instanceId }) => <Copyable text={instanceId} />,
      sortingField: 'instanceId',
      isRowHeader: true,
      minWidth: 160,
    },
    {
      id: 'imageId',
      header: texts.image,
      cell: ({ region, imageId }) => (
        <>
          <ImageLink region={region} imageId={imageId}>
            {imageNames.get(imageId) ?? imageId}
          </ImageLink>
          {imageNames.has(imageId) && (
            <Box variant="small" display="block">
              {imageId}
            </Box>
          )}
        </>
      ),
      sortingComparator: (a, b) => nameOf(a).localeCompare(nameOf(b)),
      minWidth: 160,
    },
    {
      id: 'state',
      header: texts.state,
      cell: ({ state }) => <StatusIndicator type="success">{texts.states[state]}</StatusIndicator>,
      sortingField: 'state',
      minWidth: 110,
    },
    {
      id: 'product',
      header: texts.product,
      cell: ({ product }) => <ProductNames products={[product]} />,
      sortingField: 'product',
      minWidth: 120,
    },
    { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', minWidth: 130 },
    {
      id: 'architecture',
      header: texts.architecture,
      cell: ({ architecture }) => architecture,
      sortingField: 'architecture',
      minWidth: 110,
    },
    { id: 'disks', header: texts.disksHeader, cell: ({ disksGiB }) => texts.disks(disksGiB), minWidth: 130 },
    {
      id: 'createdAt',
      header: texts.createdAt,
      cell: ({ createdAt }) => formatTime(createdAt),
      sortingField: 'createdAt',
      minWidth: 170,
    },
  ];
};
