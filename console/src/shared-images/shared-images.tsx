import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import { Copyable } from '../components/copyable.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImageColumns } from './shared-image-columns.tsx';
import { SharedImageMenu } from './shared-image-menu.tsx';
import { sharedImagesTexts } from './texts.ts';
import { useSharedImages } from './use-shared-images.ts';
import { useTrustedOwners } from './use-trusted-owners.ts';

export default function SharedImages() {
  const texts = useTexts(sharedImagesTexts);
  const { region, principal } = useWorkspace();
  const [isTrustedOnly, setTrustedOnly] = useState(false);
  const pages = useSharedImages({ isTrustedOnly });
  const trusted = useTrustedOwners();
  const { data: owners } = trusted.called;
  const columns = useMemo(() => sharedImageColumns(texts, new Set(owners)), [texts, owners]);

  return (
    <ResourceList
      texts={texts}
      empty={
        isTrustedOnly ? (
          <EmptyState title={texts.emptyTrusted} text={texts.emptyTrustedText}>
            <Button onClick={() => setTrustedOnly(false)}>{texts.showAll}</Button>
          </EmptyState>
        ) : (
          <EmptyState title={texts.empty} text={texts.emptyText(region.principalKind)}>
            {principal !== undefined && <Copyable text={principal} />}
          </EmptyState>
        )
      }
      pages={pages}
      columns={columns}
      idOf={({ imageId }) => imageId}
      wordsOf={({ imageId, name, description, owner, os }) => [imageId, name, description, owner, os]}
      sortedBy={columns[2] ?? {}}
      notice={
        <Alert type="warning" header={texts.noticeHeader}>
          {texts.notice}
        </Alert>
      }
      filter={
        <Box padding={{ vertical: 'xxs' }}>
          <Toggle checked={isTrustedOnly} onChange={({ detail }) => setTrustedOnly(detail.checked)}>
            {texts.trustedOnly}
          </Toggle>
        </Box>
      }
      actions={(image) => (
        <SharedImageMenu
          image={image}
          trusted={trusted}
          onRefresh={() => void pages.refresh()}
          onLeft={() => void pages.refresh()}
        />
      )}
    />
  );
}
