import Badge from '@cloudscape-design/components/badge';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Image } from '../api/client.ts';
import { moment } from '../parts/moment.ts';
import { PageLink } from '../parts/page-link.tsx';
import type { SharedImagesTexts } from './texts.ts';

const indicators: Record<Image['state'], StatusIndicatorProps.Type> = {
  pending: 'pending',
  copying: 'in-progress',
  available: 'success',
  failed: 'error',
  deprecated: 'stopped',
};

/** What a recipient sees of the images that are shared with it. */
export const sharedImageColumns = (
  texts: SharedImagesTexts,
  trusted: ReadonlySet<string>,
): TableProps.ColumnDefinition<Image>[] => [
  {
    id: 'name',
    header: texts.name,
    cell: ({ name, region, imageId }) => <PageLink to={`/images/${region}/${imageId}`}>{name}</PageLink>,
    sortingField: 'name',
    isRowHeader: true,
    minWidth: 160,
  },
  {
    id: 'imageId',
    header: texts.imageId,
    cell: ({ imageId }) => (
      <CopyToClipboard
        variant="inline"
        textToCopy={imageId}
        copyButtonAriaLabel={texts.copyId(imageId)}
        copySuccessText={texts.copied}
        copyErrorText={texts.notCopied}
      />
    ),
    sortingField: 'imageId',
    minWidth: 240,
  },
  {
    id: 'owner',
    header: texts.owner,
    cell: ({ owner }) => (
      <SpaceBetween direction="horizontal" size="xs">
        <span>{owner}</span>
        {trusted.has(owner) && <Badge color="green">{texts.trusted}</Badge>}
      </SpaceBetween>
    ),
    sortingComparator: (one, other) => one.owner.localeCompare(other.owner) || one.name.localeCompare(other.name),
    minWidth: 190,
  },
  {
    id: 'state',
    header: texts.state,
    cell: ({ state }) => <StatusIndicator type={indicators[state]}>{texts.states[state]}</StatusIndicator>,
    sortingField: 'state',
    minWidth: 130,
  },
  { id: 'os', header: texts.os, cell: ({ os }) => os, sortingField: 'os', minWidth: 120 },
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
    cell: ({ products }) => products.map((product) => texts.productNames[product]).join(', '),
    minWidth: 120,
  },
  { id: 'size', header: texts.size, cell: ({ sizeGiB }) => texts.gib(sizeGiB), sortingField: 'sizeGiB', minWidth: 90 },
  {
    id: 'createdAt',
    header: texts.createdAt,
    cell: ({ createdAt }) => moment(createdAt),
    sortingField: 'createdAt',
    minWidth: 170,
  },
];
