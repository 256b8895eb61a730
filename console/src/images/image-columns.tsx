import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { Image, RegionInfo } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { ImageState } from '../components/image-state.tsx';
import { ProductNames } from '../components/product-names.tsx';
import type { Column } from '../components/use-table-layout.tsx';
import { isShareable } from './image-actions.tsx';
import { SharingMeter } from './sharing-meter.tsx';
import { Tags, tagTextsOf } from './tags.tsx';
import type { imagesTexts } from './texts.ts';

const tagsShownMax = 3;

type ImageColumn = Column<Image> & { readonly id: ColumnId };
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
  | 'description'
  | 'actions';

export const columnsShownFirst = {
  wide: ['name', 'state', 'shares', 'tags', 'os', 'size', 'created', 'actions'],
  narrow: ['name', 'shares'],
} satisfies Record<string, readonly ColumnId[]>;

/** `cap` is the maximum number of recipients per image. */
export const columnsOf = (texts: (typeof imagesTexts)['en'], cap: number): readonly ImageColumn[] => [
  {
    id: 'name',
    header: texts.name,
    cell: (image) => <NameLink image={image} />,
    narrowCell: (image) => (
      <>
        <NameLink image={image} />
        <div>
          <ImageState image={image} />
        </div>
      </>
    ),
    sortingField: 'name',
    isRowHeader: true,
    width: 228,
    minWidth: 140,
  },
  {
    id: 'imageId',
    header: texts.imageId,
    cell: ({ imageId }) => <Copyable text={imageId} />,
    sortingField: 'imageId',
    width: 240,
    minWidth: 170,
  },
  {
    id: 'state',
    header: texts.state,
    cell: (image) => <ImageState image={image} />,
    sortingField: 'state',
    width: 140,
    minWidth: 120,
  },
  {
    id: 'shares',
    header: texts.shares,
    cell: ({ shareCount = 0 }) => <SharingMeter used={shareCount} cap={cap} />,
    sortingComparator: (a, b) => (a.shareCount ?? 0) - (b.shareCount ?? 0),
    width: 135,
    minWidth: 120,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', width: 95, minWidth: 90 },
  { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', width: 145, minWidth: 130 },
  {
    id: 'architecture',
    header: texts.architecture,
    cell: ({ architecture }) => architecture,
    sortingField: 'architecture',
    minWidth: 150,
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
    width: 155,
    minWidth: 120,
  },
  {
    id: 'created',
    header: texts.created,
    cell: ({ createdAt }) => formatTime(createdAt),
    sortingField: 'createdAt',
    width: 125,
    minWidth: 115,
  },
  {
    id: 'description',
    header: texts.description,
    cell: ({ description }) => description || '-',
    sortingField: 'description',
    minWidth: 200,
  },
];

interface OwnColumns {
  readonly texts: (typeof imagesTexts)['en'];
  readonly region: RegionInfo;
  readonly onShare: (image: Image) => void;
}

/** As the clouds' consoles have it: the ID below the name, and sharing in the row. */
export const ownColumnsOf = ({ texts, region, onShare }: OwnColumns): readonly ImageColumn[] => [
  ...columnsOf(texts, region.recipientsPerImageMax).map((column) =>
    column.id !== 'name'
      ? column
      : {
          ...column,
          cell: (image: Image) => (
            <>
              <NameLink image={image} />
              <Box variant="small" display="block">
                <Copyable text={image.imageId} />
              </Box>
            </>
          ),
        },
  ),
  {
    id: 'actions',
    header: texts.actions,
    cell: (image) => (
      <Button
        variant="inline-link"
        ariaLabel={texts.shareOne(image.name)}
        disabled={!isShareable(image, region)}
        disabledReason={texts.shareableOnly}
        onClick={() => onShare(image)}
      >
        {texts.shareShort}
      </Button>
    ),
    minWidth: 100,
  },
];

const NameLink = ({ image: { region, imageId, name } }: { image: Image }) => (
  <ImageLink region={region} imageId={imageId}>
    {name}
  </ImageLink>
);
