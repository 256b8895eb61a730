import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accessKeysQuery } from '../api/account-queries.ts';
import type { AccessKey } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { useIsNarrow } from '../components/use-is-narrow.ts';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { DeleteKeyDialog } from './delete-key-dialog.tsx';
import { KeyStateDialog } from './key-state-dialog.tsx';
import { accountTexts } from './texts.ts';

type Opened = { readonly dialog: 'create' } | { readonly dialog: 'state' | 'delete'; readonly accessKey: AccessKey };

const narrowColumns = ['id', 'state'].map((id) => ({ id, visible: true }));

/** Not paginated: the service limits the number of keys per account. */
export function AccessKeys() {
  const common = useTexts(commonTexts);
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const isNarrow = useIsNarrow();
  const query = useQuery(accessKeysQuery(api));
  const { data: keys, isLoading, error, refetch } = query;
  const [opened, setOpened] = useState<Opened>();
  const { items, collectionProps } = useCollection<AccessKey>(keys ?? [], {
    sorting: {},
    selection: { trackBy: 'keyId' },
  });
  // useCollection keeps the key as it was when selected; use the current one.
  const chosen = keys?.find(({ keyId }) => keyId === collectionProps.selectedItems?.[0]?.keyId);
  const close = () => setOpened(undefined);
  const create = () => setOpened({ dialog: 'create' });
  const openFor = (dialog: 'state' | 'delete') => chosen && setOpened({ dialog, accessKey: chosen });
  return (
    <SpaceBetween size="s">
      <LoadError query={query} />
      <Table
        {...collectionProps}
        items={items}
        trackBy="keyId"
        selectionType="single"
        wrapLines
        loading={isLoading}
        loadingText={common.loading}
        empty={
          error === null || keys !== undefined ? (
            <EmptyState title={texts.keysEmpty} text={texts.keysEmptyText}>
              <Button onClick={create}>{texts.createKey}</Button>
            </EmptyState>
          ) : (
            <EmptyState title={texts.keysLoadFailed} />
          )
        }
        header={
          <Header
            variant="h2"
            description={`${texts.keysText(location.host, location.protocol === 'http:')}${common.space}${common.timesText}`}
            {...(keys !== undefined && { counter: `(${keys.length})` })}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={() => void refetch()} />
                <Button disabled={chosen === undefined} disabledReason={common.selectFirst} onClick={() => openFor('state')}>
                  {chosen?.state === 'disabled' ? texts.enableKey : texts.disableKey}
                </Button>
                <Button disabled={chosen === undefined} disabledReason={common.selectFirst} onClick={() => openFor('delete')}>
                  {texts.deleteKey}
                </Button>
                <Button variant="primary" onClick={create}>
                  {texts.createKey}
                </Button>
              </SpaceBetween>
            }
          >
            {texts.keysTitle}
          </Header>
        }
        ariaLabels={{
          tableLabel: texts.keysTitle,
          selectionGroupLabel: texts.selectKeys,
          itemSelectionLabel: (_, { keyId }) => texts.selectKey(keyId),
        }}
        {...(isNarrow && { columnDisplay: narrowColumns })}
        columnDefinitions={[
          {
            id: 'id',
            header: texts.keyId,
            sortingField: 'keyId',
            minWidth: isNarrow ? 150 : 250,
            isRowHeader: true,
            cell: ({ keyId }) => <Copyable text={keyId} />,
          },
          {
            id: 'state',
            header: texts.keyState,
            sortingField: 'state',
            minWidth: 110,
            cell: ({ state }) => (
              <StatusIndicator type={state === 'active' ? 'success' : 'stopped'}>{texts.keyStates[state]}</StatusIndicator>
            ),
          },
          {
            id: 'created',
            header: texts.createdAt,
            sortingField: 'createdAt',
            minWidth: 160,
            cell: ({ createdAt }) => formatTime(createdAt),
          },
          {
            id: 'lastUsed',
            header: texts.lastUsed,
            sortingField: 'lastUsedAt',
            minWidth: 160,
            cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? texts.neverUsed : formatTime(lastUsedAt)),
          },
        ]}
      />
      {opened?.dialog === 'create' && <CreateKeyDialog onClose={close} />}
      {opened?.dialog === 'state' && <KeyStateDialog accessKey={opened.accessKey} onClose={close} />}
      {opened?.dialog === 'delete' && <DeleteKeyDialog accessKey={opened.accessKey} onClose={close} />}
    </SpaceBetween>
  );
}
