import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Instance } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { ProductNames } from '../components/product-names.tsx';
import { ImageStatus } from './image-status.tsx';
import type { InstancesTexts } from './texts.ts';

const imageNameOf = ({ imageName, imageId }: Instance): string => imageName ?? imageId;

export const instanceColumns = (texts: InstancesTexts): TableProps.ColumnDefinition<Instance>[] => [
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
    // Without a name, the image was deleted or is no longer shared, so it has no page.
    cell: ({ region, imageId, imageName }) =>
      imageName === undefined ? (
        imageId
      ) : (
        <>
          <ImageLink region={region} imageId={imageId}>
            {imageName}
          </ImageLink>
          <Box variant="small" display="block">
            {imageId}
          </Box>
        </>
      ),
    sortingComparator: (a, b) => imageNameOf(a).localeCompare(imageNameOf(b)),
    minWidth: 160,
  },
  {
    id: 'imageStatus',
    header: texts.imageStatus,
    cell: (instance) => <ImageStatus instance={instance} />,
    sortingField: 'imageStatus',
    minWidth: 150,
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
