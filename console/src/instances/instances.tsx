import Button from '@cloudscape-design/components/button';
import { useCallback, useMemo, useState } from 'react';
import { type Instance, unwrap } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ImageFromInstanceDialog } from './image-from-instance-dialog.tsx';
import { InstanceActions, type InstanceDialog } from './instance-actions.tsx';
import { instanceColumns } from './instance-columns.tsx';
import { LaunchDialog } from './launch-dialog.tsx';
import { ReinitializeDialog } from './reinitialize-dialog.tsx';
import { ReinstallDialog } from './reinstall-dialog.tsx';
import { TerminateDialog } from './terminate-dialog.tsx';
import { instancesTexts } from './texts.ts';

type Opened = { readonly dialog: InstanceDialog; readonly instance: Instance } | { readonly dialog: 'launch' };

export default function Instances() {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { region: facts, project } = useWorkspace();
  const { region } = facts;
  const [opened, setOpened] = useState<Opened>();
  const columns = useMemo(() => instanceColumns(texts), [texts]);
  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const query = { limit: 100, ...(project !== undefined && { project }), ...(cursor !== undefined && { cursor }) };
      const params = { path: { region }, query };
      const { instances, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/instances', { params }));
      return { entries: instances, nextCursor };
    },
    [api, region, project],
  );
  const pages = usePages(readPage, { atLeast: 100 });

  const close = (isChanged: boolean) => {
    setOpened(undefined);
    if (isChanged) {
      void pages.refresh();
    }
  };

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
        columns={columns}
        idOf={({ instanceId }) => instanceId}
        wordsOf={({ instanceId, imageId, os, architecture }) => [instanceId, imageId, os, architecture]}
        sortedBy={{ sortingField: 'createdAt' }}
        isDescending
        actions={(instance) => (
          <InstanceActions
            instance={instance}
            onOpen={(dialog) => instance && setOpened({ dialog, instance })}
            onLaunch={() => setOpened({ dialog: 'launch' })}
            onRefresh={() => void pages.refresh()}
          />
        )}
      />
      {opened?.dialog === 'launch' && <LaunchDialog onClose={close} />}
      {opened?.dialog === 'reinstall' && <ReinstallDialog instance={opened.instance} onClose={close} />}
      {opened?.dialog === 'reinitialize' && <ReinitializeDialog instance={opened.instance} onClose={close} />}
      {opened?.dialog === 'createImage' && <ImageFromInstanceDialog instance={opened.instance} onClose={() => close(false)} />}
      {opened?.dialog === 'terminate' && <TerminateDialog instance={opened.instance} onClose={close} />}
    </>
  );
}
