import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import type { Image, Share } from '../api/client.ts';
import type { Called } from '../api/use-call.ts';
import { Copyable } from '../parts/copyable.tsx';
import { moment } from '../parts/moment.ts';
import { Nothing } from '../parts/nothing.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CancelDialog } from '../sharing/cancel-dialog.tsx';
import { EditListDialog } from '../sharing/edit-list-dialog.tsx';
import { ShareDialog } from '../sharing/share-dialog.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { imagesTexts } from './texts.ts';

type Columns = readonly TableProps.ColumnDefinition<Share>[];

const columnsOf = (texts: (typeof detailsTexts)['en'], never: string): Columns => [
  {
    id: 'recipient',
    header: texts.recipient,
    cell: ({ recipient }) => <Copyable text={recipient} />,
    sortingField: 'recipient',
    isRowHeader: true,
    minWidth: 180,
  },
  { id: 'since', header: texts.since, cell: ({ sharedAt }) => moment(sharedAt), sortingField: 'sharedAt', minWidth: 170 },
  {
    id: 'until',
    header: texts.until,
    cell: ({ expiresAt }) => (expiresAt === undefined ? never : moment(expiresAt)),
    sortingField: 'expiresAt',
    minWidth: 170,
  },
  { id: 'by', header: texts.by, cell: ({ sharedBy }) => sharedBy, sortingField: 'sharedBy', minWidth: 140 },
  {
    id: 'lastUse',
    header: texts.lastUse,
    cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? texts.notYet : moment(lastUsedAt)),
    sortingField: 'lastUsedAt',
    minWidth: 170,
  },
];

interface RecipientsTableProps {
  readonly image: Image;
  readonly shares: Called<readonly Share[]>;
  readonly onChanged: () => void;
}

/** Who holds the image, for its owner, who gives and takes it here. */
export function RecipientsTable({ image, shares, onChanged }: RecipientsTableProps) {
  const common = useTexts(commonTexts);
  const names = useTexts(imagesTexts);
  const texts = useTexts(detailsTexts);
  const [open, setOpen] = useState<'share' | 'cancel' | 'list'>();
  const all = shares.data ?? [];
  const { items, collectionProps, filterProps, actions } = useCollection(all, {
    filtering: {
      fields: ['recipient', 'sharedBy'],
      empty: <Nothing title={texts.noRecipients} />,
      noMatch: (
        <Nothing title={common.noMatch}>
          <Button onClick={() => actions.setFiltering('')}>{common.clearFilter}</Button>
        </Nothing>
      ),
    },
    sorting: {},
    selection: { trackBy: 'recipient' },
  });
  const chosen = (collectionProps.selectedItems ?? []).map(({ recipient }) => recipient);
  const close = (changed: boolean) => {
    setOpen(undefined);
    if (changed) {
      actions.setSelectedItems([]);
      onChanged();
    }
  };
  return (
    <SpaceBetween size="m">
      <Trouble called={shares} />
      <Table<Share>
        {...collectionProps}
        items={items}
        columnDefinitions={columnsOf(texts, common.never)}
        selectionType="multi"
        loading={shares.data === undefined && shares.isLoading}
        loadingText={common.loading}
        ariaLabels={{
          tableLabel: texts.recipients,
          selectionGroupLabel: texts.recipients,
          allItemsSelectionLabel: () => texts.selectAllRecipients,
          itemSelectionLabel: (_, { recipient }) => texts.selectRecipient(recipient),
        }}
        header={
          <Header
            counter={`(${all.length})`}
            description={texts.recipientsText}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={texts.refreshRecipients} onClick={onChanged} />
                <Button disabled={chosen.length === 0} disabledReason={common.selectFirst} onClick={() => setOpen('cancel')}>
                  {texts.cancelShares}
                </Button>
                <Button disabled={shares.data === undefined} onClick={() => setOpen('list')}>
                  {texts.editList}
                </Button>
                <Button variant="primary" onClick={() => setOpen('share')}>
                  {names.share}
                </Button>
              </SpaceBetween>
            }
          >
            {texts.recipients}
          </Header>
        }
        filter={
          <TextFilter
            {...filterProps}
            filteringAriaLabel={texts.findRecipients}
            filteringPlaceholder={texts.findRecipients}
            countText={names.matches(items.length)}
          />
        }
      />
      {open === 'share' && <ShareDialog images={[image]} onClose={close} />}
      {open === 'cancel' && <CancelDialog image={image} recipients={chosen} onClose={close} />}
      {open === 'list' && <EditListDialog image={image} shares={all} onClose={close} />}
    </SpaceBetween>
  );
}
