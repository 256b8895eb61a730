import Button from '@cloudscape-design/components/button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Instance } from '../api/client.ts';
import { instancesQuery } from '../api/instance-queries.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ImageFromInstanceDialog } from './image-from-instance-dialog.tsx';
import { InstanceActions, type InstanceDialog } from './instance-actions.tsx';
import { instanceColumns, instanceColumnsShownFirst } from './instance-columns.tsx';
import { LaunchDialog } from './launch-dialog.tsx';
import { ReinitializeDialog } from './reinitialize-dialog.tsx';
import { ReinstallDialog } from './reinstall-dialog.tsx';
import { TerminateDialog } from './terminate-dialog.tsx';
import { instancesTexts } from './texts.ts';

type Opened = { readonly dialog: InstanceDialog; readonly instance: Instance } | { readonly dialog: 'launch' };

export default function Instances() {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const [search] = useSearchState('search');
  const [opened, setOpened] = useState<Opened>();
  const columns = useMemo(() => instanceColumns(texts), [texts]);
  const pages = useInfiniteQuery(instancesQuery(api, region.region, query, search));
  const close = () => setOpened(undefined);

  return (
    <>
      <ResourceList
        texts={texts}
        empty={
          <EmptyState title={texts.empty} text={texts.emptyText}>
            <Button onClick={() => setOpened({ dialog: 'launch' })}>{texts.launch}</Button>
          </EmptyState>
        }
        pages={pages}
        table="instances"
        columns={columns}
        shownColumns={instanceColumnsShownFirst}
        idOf={({ instanceId }) => instanceId}
        actions={(instance) => (
          <InstanceActions
            instance={instance}
            onOpen={(dialog) => instance && setOpened({ dialog, instance })}
            onLaunch={() => setOpened({ dialog: 'launch' })}
            onRefresh={() => void pages.refetch()}
          />
        )}
      />
      {opened?.dialog === 'launch' && <LaunchDialog onClose={close} />}
      {opened?.dialog === 'reinstall' && <ReinstallDialog instance={opened.instance} onClose={close} />}
      {opened?.dialog === 'reinitialize' && <ReinitializeDialog instance={opened.instance} onClose={close} />}
      {opened?.dialog === 'createImage' && <ImageFromInstanceDialog instance={opened.instance} onClose={close} />}
      {opened?.dialog === 'terminate' && <TerminateDialog instance={opened.instance} onClose={close} />}
    </>
  );
}
