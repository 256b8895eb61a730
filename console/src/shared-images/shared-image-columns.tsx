import type { TableProps } from '@cloudscape-design/components/table';
import { PrincipalName } from '../address-book/principal-name.tsx';
import type { Image } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageLink } from '../components/image-link.tsx';
import { ImageState } from '../components/image-state.tsx';
import { ProductNames } from '../components/product-names.tsx';
import { OwnerBadges } from '../owners/owner-badges.tsx';
import type { expirationTexts } from '../sharing/expiration-texts.ts';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { byExpiration } from '../sharing/expiring.ts';
import type { SharedImagesTexts } from './texts.ts';

export const sharedImageColumns = (
  texts: SharedImagesTexts,
  expiration: (typeof expirationTexts)['en'],
): TableProps.ColumnDefinition<Image>[] => [
  {
    id: 'name',
    header: texts.name,
    cell: ({ name, region, imageId }) => (
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
    minWidth: 160,
  },
  {
    id: 'owner',
    header: texts.owner,
    cell: ({ owner }) => (
      <>
        <PrincipalName id={owner} isEditable /> <OwnerBadges owner={owner} />
      </>
    ),
    sortingComparator: (one, other) => one.owner.localeCompare(other.owner) || one.name.localeCompare(other.name),
    minWidth: 200,
  },
  {
    id: 'state',
    header: texts.state,
    cell: (image) => <ImageState image={image} />,
    sortingField: 'state',
    minWidth: 130,
  },
  {
    id: 'sharedAt',
    header: expiration.sharedAt,
    cell: ({ sharedAt }) => (sharedAt === undefined ? '-' : formatTime(sharedAt)),
    sortingField: 'sharedAt',
    minWidth: 170,
  },
  {
    id: 'expiresAt',
    header: expiration.expiresAt,
    cell: ({ expiresAt }) => <ExpirationTime expiresAt={expiresAt} />,
    sortingComparator: byExpiration,
    minWidth: 190,
  },
  { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', minWidth: 120 },
  {
    id: 'architecture',
    header: texts.architecture,
    cell: ({ architecture }) => architecture,
    sortingField: 'architecture',
    minWidth: 110,
  },
  {
    id: 'products',
    header: texts.products,
    cell: ({ products }) => <ProductNames products={products} />,
    minWidth: 120,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', minWidth: 90 },
  {
    id: 'createdAt',
    header: texts.createdAt,
    cell: ({ createdAt }) => formatTime(createdAt),
    sortingField: 'createdAt',
    minWidth: 170,
  },
];
