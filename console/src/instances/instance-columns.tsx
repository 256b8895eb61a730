import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { Instance } from '../api/client.ts';
import { moment } from '../parts/moment.ts';
import { PageLink } from '../parts/page-link.tsx';
import type { InstancesTexts } from './texts.ts';

export const instanceColumns = (texts: InstancesTexts): TableProps.ColumnDefinition<Instance>[] => [
  {
    id: 'instanceId',
    header: texts.instanceId,
    cell: ({ instanceId }) => (
      <CopyToClipboard
        variant="inline"
        textToCopy={instanceId}
        copyButtonAriaLabel={texts.copyId(instanceId)}
        copySuccessText={texts.copied}
        copyErrorText={texts.notCopied}
      />
    ),
    sortingField: 'instanceId',
    isRowHeader: true,
    minWidth: 240,
  },
  {
    id: 'imageId',
    header: texts.image,
    cell: ({ region, imageId }) => <PageLink to={`/images/${region}/${imageId}`}>{imageId}</PageLink>,
    sortingField: 'imageId',
    minWidth: 220,
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
    cell: ({ product }) => texts.products[product],
    sortingField: 'product',
    minWidth: 120,
  },
  { id: 'os', header: texts.os, cell: ({ os }) => os, sortingField: 'os', minWidth: 130 },
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
    cell: ({ createdAt }) => moment(createdAt),
    sortingField: 'createdAt',
    minWidth: 170,
  },
];
