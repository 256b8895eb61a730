import type { TableProps } from '@cloudscape-design/components/table';
import type { Image } from '../api/client.ts';
import { Copyable } from '../parts/copyable.tsx';
import { ImageLink } from '../parts/image-link.tsx';
import { ImageState } from '../parts/image-state.tsx';
import { moment } from '../parts/moment.ts';
import { ProductNames } from '../parts/product-names.tsx';
import { Labels, labelTextsOf } from './labels.tsx';
import { ShareMeter } from './share-meter.tsx';
import type { imagesTexts } from './texts.ts';

const labelsShownMax = 3;

type Column = TableProps.ColumnDefinition<Image> & { readonly id: ColumnId };
export type ColumnId =
  | 'name'
  | 'imageId'
  | 'state'
  | 'size'
  | 'os'
  | 'architecture'
  | 'products'
  | 'labels'
  | 'shares'
  | 'created'
  | 'description';

/** Shown until somebody chooses others. */
export const columnsShownFirst: readonly ColumnId[] = ['name', 'imageId', 'state', 'shares', 'labels', 'os', 'size', 'created'];

/** All columns that the table of images can show. `cap` is how many recipients an image may have. */
export const columnsOf = (texts: (typeof imagesTexts)['en'], cap: number): readonly Column[] => [
  {
    id: 'name',
    header: texts.name,
    cell: ({ region, imageId, name }) => (
      <ImageLink region={region} imageId={imageId}>
        {name}
      </ImageLink>
    ),
    sortingField: 'name',
    isRowHeader: true,
    minWidth: 160,
  },
  {
    id: 'imageId',
    header: texts.imageId,
    cell: ({ imageId }) => <Copyable text={imageId} />,
    sortingField: 'imageId',
    minWidth: 150,
  },
  { id: 'state', header: texts.state, cell: (image) => <ImageState image={image} />, sortingField: 'state', minWidth: 140 },
  {
    id: 'shares',
    header: texts.shares,
    cell: ({ shareCount = 0 }) => <ShareMeter used={shareCount} cap={cap} />,
    sortingComparator: (a, b) => (a.shareCount ?? 0) - (b.shareCount ?? 0),
    minWidth: 140,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', minWidth: 100 },
  { id: 'os', header: texts.os, cell: ({ os }) => os, sortingField: 'os', minWidth: 150 },
  {
    id: 'architecture',
    header: texts.architecture,
    cell: ({ architecture }) => architecture,
    sortingField: 'architecture',
    minWidth: 120,
  },
  {
    id: 'products',
    header: texts.products,
    cell: ({ products }) => <ProductNames products={products} />,
    minWidth: 120,
  },
  {
    id: 'labels',
    header: texts.labels,
    cell: (image) => <Labels image={image} most={labelsShownMax} />,
    sortingComparator: (a, b) => String(labelTextsOf(a)).localeCompare(String(labelTextsOf(b))),
    minWidth: 160,
  },
  { id: 'created', header: texts.created, cell: ({ createdAt }) => moment(createdAt), sortingField: 'createdAt', minWidth: 170 },
  {
    id: 'description',
    header: texts.description,
    cell: ({ description }) => description,
    sortingField: 'description',
    minWidth: 200,
  },
];
