import Box from '@cloudscape-design/components/box';
import { PrincipalName } from '../address-book/principal-name.tsx';
import type { Image } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { ImageLink } from '../components/image-link.tsx';
import { ImageState } from '../components/image-state.tsx';
import { ProductNames } from '../components/product-names.tsx';
import { Time } from '../components/time.tsx';
import type { Column } from '../components/use-table-layout.tsx';
import { OwnerBadges } from '../owners/owner-badges.tsx';
import type { expirationTexts } from '../sharing/expiration-texts.ts';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { byExpiration, expiresSoon } from '../sharing/expiring.ts';
import { SaveCopyButton } from './save-copy-button.tsx';
import type { SharedImagesTexts } from './texts.ts';

/** The columns that are shown until the user chooses others. On narrow screens, the status is below the name. */
export const shownColumns = {
  wide: ['name', 'imageId', 'owner', 'state', 'sharedAt', 'expiresAt', 'os'],
  narrow: ['name', 'expiresAt'],
};

export const sharedImageColumns = (texts: SharedImagesTexts, expiration: (typeof expirationTexts)['en']): Column<Image>[] => [
  {
    id: 'name',
    header: texts.name,
    cell: ({ name, region, imageId }) => (
      <ImageLink region={region} imageId={imageId}>
        {name}
      </ImageLink>
    ),
    narrowCell: (image) => (
      <>
        <ImageLink region={image.region} imageId={image.imageId}>
          {image.name}
        </ImageLink>
        {image.state !== 'available' && (
          <Box>
            <ImageState image={image} />
          </Box>
        )}
      </>
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
    minWidth: 170,
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
    minWidth: 215,
  },
  {
    id: 'state',
    header: texts.state,
    cell: (image) => <ImageState image={image} />,
    sortingField: 'state',
    width: 145,
  },
  {
    id: 'sharedAt',
    header: expiration.sharedAt,
    cell: ({ sharedAt }) => (sharedAt === undefined ? '-' : <Time at={sharedAt} />),
    sortingField: 'sharedAt',
    width: 140,
  },
  {
    id: 'expiresAt',
    header: expiration.expiresAt,
    cell: (image) => (
      <>
        <ExpirationTime expiresAt={image.expiresAt} />
        {expiresSoon(image, new Date()) && (
          <Box>
            <SaveCopyButton image={image} variant="inline-link" />
          </Box>
        )}
      </>
    ),
    sortingComparator: byExpiration,
    width: 150,
  },
  { id: 'os', header: texts.os, cell: ({ os }) => os || '-', sortingField: 'os', minWidth: 140 },
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
    minWidth: 140,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', minWidth: 100 },
  {
    id: 'createdAt',
    header: texts.createdAt,
    cell: ({ createdAt }) => <Time at={createdAt} />,
    sortingField: 'createdAt',
    minWidth: 125,
  },
];
