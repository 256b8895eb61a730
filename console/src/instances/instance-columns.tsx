import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Instance } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { NamedImage } from '../components/named-image.tsx';
import { ProductNames } from '../components/product-names.tsx';
import type { Column } from '../components/use-table-layout.tsx';
import { ImageStatus } from './image-status.tsx';
import type { InstancesTexts } from './texts.ts';

const imageNameOf = ({ imageName, imageId }: Instance): string => imageName ?? imageId;

const ImageOf = ({ instance: { region, imageId, imageName } }: { instance: Instance }) => (
  <NamedImage region={region} imageId={imageId} name={imageName} />
);

export const instanceColumnsShownFirst = {
  wide: ['instanceId', 'imageId', 'imageStatus', 'product', 'os', 'disks', 'createdAt'],
  narrow: ['instanceId', 'imageId'],
};

export const instanceColumns = (texts: InstancesTexts): readonly Column<Instance>[] => [
  {
    id: 'instanceId',
    header: texts.instanceId,
    cell: ({ instanceId }) => <Copyable text={instanceId} />,
    sortingField: 'instanceId',
    isRowHeader: true,
    width: 235,
    minWidth: 160,
  },
  {
    id: 'imageId',
    header: texts.image,
    cell: (instance) => <ImageOf instance={instance} />,
    narrowCell: (instance) => (
      <>
        <ImageOf instance={instance} />
        <div>
          <ImageStatus instance={instance} />
        </div>
      </>
    ),
    sortingComparator: (a, b) => imageNameOf(a).localeCompare(imageNameOf(b)),
    width: 195,
    minWidth: 150,
  },
  {
    id: 'imageStatus',
    header: texts.imageStatus,
    cell: (instance) => <ImageStatus instance={instance} />,
    sortingField: 'imageStatus',
    width: 150,
    minWidth: 130,
  },
  {
    id: 'state',
    header: texts.state,
    cell: ({ state }) => <StatusIndicator type="success">{texts.states[state]}</StatusIndicator>,
    sortingField: 'state',
    minWidth: 125,
  },
  {
    id: 'product',
    header: texts.product,
    cell: ({ product }) => <ProductNames products={[product]} />,
    sortingField: 'product',
    width: 130,
    minWidth: 125,
  },
  { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', width: 145, minWidth: 130 },
  {
    id: 'architecture',
    header: texts.architecture,
    cell: ({ architecture }) => architecture,
    sortingField: 'architecture',
    minWidth: 130,
  },
  { id: 'disks', header: texts.disksHeader, cell: ({ disksGiB }) => texts.disks(disksGiB), width: 100, minWidth: 90 },
  {
    id: 'createdAt',
    header: texts.createdAt,
    cell: ({ createdAt }) => formatTime(createdAt),
    sortingField: 'createdAt',
    minWidth: 115,
  },
];
