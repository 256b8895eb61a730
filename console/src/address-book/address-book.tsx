import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { addressBookQuery, readAddressBook } from '../api/account-queries.ts';
import type { AddressBookEntry } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { CsvDownload } from '../components/csv-download.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { DeleteEntryDialog } from './delete-entry-dialog.tsx';
import { isFoundBy } from './entry.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { type AddressBookTexts, addressBookTexts } from './texts.ts';

type Opened = { readonly dialog: 'add' | 'import' } | { readonly dialog: 'edit' | 'delete'; readonly entry: AddressBookEntry };

const columnsOf = (texts: AddressBookTexts, noValue: string): readonly TableProps.ColumnDefinition<AddressBookEntry>[] => [
  { id: 'name', header: texts.name, cell: ({ name }) => name, sortingField: 'name', isRowHeader: true, minWidth: 160 },
  {
    id: 'id',
    header: texts.id,
    cell: ({ principalId }) => <Copyable text={principalId} />,
    sortingField: 'principalId',
    minWidth: 180,
  },
  { id: 'note', header: texts.note, cell: ({ note }) => note ?? noValue, sortingField: 'note', minWidth: 200 },
];

const shownColumns = { narrow: ['name', 'id'] };

export default function AddressBook() {
  const common = useTexts(commonTexts);
  const texts = useTexts(addressBookTexts);
  const { api } = useSession();
  const pages = useInfiniteQuery(addressBookQuery(api));
  const search = useSearchState('search')[0].trim();
  const [opened, setOpened] = useState<Opened>();
  const columns = useMemo(() => columnsOf(texts, common.noValue), [texts, common]);
  const add = () => setOpened({ dialog: 'add' });
  const close = () => setOpened(undefined);
  return (
    <>
      <ResourceList
        texts={texts}
        empty={
          <EmptyState title={texts.empty} text={texts.emptyText}>
            <Button onClick={add}>{texts.add}</Button>
          </EmptyState>
        }
        pages={pages}
        table="address-book"
        columns={columns}
        shownColumns={shownColumns}
        idOf={({ principalId }) => principalId}
        isMatch={(entry, text) => isFoundBy(text, entry)}
        sortedBy={columns[0] ?? {}}
        description={`${texts.description}${common.space}${texts.privacy}`}
        actions={(entry) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              iconName="refresh"
              ariaLabel={common.refresh}
              loading={pages.isFetching}
              onClick={() => void pages.refetch()}
            />
            <Button onClick={() => setOpened({ dialog: 'import' })}>{texts.importCsv}</Button>
            <CsvDownload
              fileName="address-book.csv"
              header={[texts.id, texts.name, texts.note]}
              read={async (cursor, signal) => {
                const page = { limit: 100, ...(search !== '' && { search }), ...(cursor !== undefined && { cursor }) };
                const { entries, nextCursor } = await readAddressBook(api, page, signal);
                return { rows: entries.map(({ principalId, name, note = '' }) => [principalId, name, note]), nextCursor };
              }}
            />
            <Button
              disabled={entry === undefined}
              disabledReason={common.selectFirst}
              onClick={() => entry && setOpened({ dialog: 'edit', entry })}
            >
              {texts.edit}
            </Button>
            <Button
              disabled={entry === undefined}
              disabledReason={common.selectFirst}
              onClick={() => entry && setOpened({ dialog: 'delete', entry })}
            >
              {texts.delete}
            </Button>
            <Button variant="primary" onClick={add}>
              {texts.add}
            </Button>
          </SpaceBetween>
        )}
      />
      {opened?.dialog === 'add' && <EntryDialog entry={undefined} onClose={close} />}
      {opened?.dialog === 'import' && <ImportDialog onClose={close} />}
      {opened?.dialog === 'edit' && <EntryDialog entry={opened.entry} onClose={close} />}
      {opened?.dialog === 'delete' && <DeleteEntryDialog entry={opened.entry} onClose={close} />}
    </>
  );
}
