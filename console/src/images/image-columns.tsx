import type { TableProps } from '@cloudscape-design/components/table';
import type { Image } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { ImageState } from '../components/image-state.tsx';
import { ProductNames } from '../components/product-names.tsx';
import { SharingMeter } from './sharing-meter.tsx';
import { Tags, tagTextsOf } from './tags.tsx';
import type { imagesTexts } from './texts.ts';

const tagsShownMax = 3;

type Column = TableProps.ColumnDefinition<Image> & { readonly id: ColumnId };
type ColumnId =
  | 'name'
  | 'imageId'
  | 'state'
  | 'size'
  | 'os'
  | 'architecture'
  | 'products'
  | 'tags'
  | 'shares'
  | 'created'
  | 'description';

export const columnsShownFirst = {
  wide: ['name', 'imageId', 'state', 'shares', 'tags', 'os', 'size', 'created'],
  narrow: ['name', 'state', 'shares'],
} satisfies Record<string, readonly ColumnId[]>;

/** `cap` is the maximum number of recipients per image. */
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
    minWidth: 140,
  },
  {
    id: 'imageId',
    header: texts.imageId,
    cell: ({ imageId }) => <Copyable text={imageId} />,
    sortingField: 'imageId',
    minWidth: 170,
  },
  { id: 'state', header: texts.state, cell: (image) => <ImageState image={image} />, sortingField: 'state', minWidth: 120 },
  {
    id: 'shares',
    header: texts.shares,
    cell: ({ shareCount = 0 }) => <SharingMeter used={shareCount} cap={cap} />,
    sortingComparator: (a, b) => (a.shareCount ?? 0) - (b.shareCount ?? 0),
    minWidth: 140,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', minWidth: 90 },
  { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', minWidth: 110 },
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
    id: 'tags',
    header: texts.tags,
    cell: (image) => (Object.keys(image.tags).length === 0 ? '-' : <Tags image={image} most={tagsShownMax} />),
    sortingComparator: (a, b) => String(tagTextsOf(a)).localeCompare(String(tagTextsOf(b))),
    minWidth: 130,
  },
  {
    id: 'created',
    header: texts.created,
    cell: ({ createdAt }) => formatTime(createdAt),
    sortingField: 'createdAt',
    minWidth: 120,
  },
  {
    id: 'description',
    header: texts.description,
    cell: ({ description }) => description || '-',
    sortingField: 'description',
    minWidth: 200,
  },
];
