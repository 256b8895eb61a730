import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNames } from '../address-book/use-names.ts';
import { sharedImagesQuery } from '../api/image-queries.ts';
import { Copyable } from '../components/copyable.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ResourceList } from '../components/resource-list.tsx';
import { useSearchState } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { expirationTexts } from '../sharing/expiration-texts.ts';
import { expiringLimit } from '../sharing/expiring.ts';
import { ExpiringToggle, useExpiringOnly } from '../sharing/expiring-toggle.tsx';
import { formProblemOf } from '../sharing/recipient-ids.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ExpiringImagesAlert } from './expiring-images-alert.tsx';
import { sharedImageColumns, shownColumns } from './shared-image-columns.tsx';
import { SharedImageMenu } from './shared-image-menu.tsx';
import { sharedImagesTexts } from './texts.ts';

/** Expired and stopped shares disappear from the page within this time. */
const pollMs = 30_000;

export default function SharedImages() {
  const texts = useTexts(sharedImagesTexts);
  const expiration = useTexts(expirationTexts);
  const { space, timesText } = useTexts(commonTexts);
  const { api } = useSession();
  const { region, query, principal } = useWorkspace();
  const [trusted, setTrusted] = useSearchState('trusted');
  const isTrustedOnly = trusted === 'true';
  const [isExpiringOnly, setExpiringOnly] = useExpiringOnly();
  const names = useNames();
  const [search] = useSearchState('search');
  const text = search.trim();
  const ownerId = names.idOf(text) ?? (text !== '' && formProblemOf(text) === undefined ? text : undefined);
  const pages = useInfiniteQuery({
    ...sharedImagesQuery(
      api,
      region.region,
      {
        ...query,
        ...(isTrustedOnly && { trusted: 'true' }),
        ...(isExpiringOnly && { expiringBefore: expiringLimit(new Date()) }),
      },
      { text, ownerId },
    ),
    refetchInterval: pollMs,
  });
  const columns = useMemo(() => sharedImageColumns(texts, expiration), [texts, expiration]);

  return (
    <ResourceList
      texts={texts}
      empty={
        isExpiringOnly ? (
          <EmptyState title={expiration.noneExpiring} text={expiration.noneExpiringText}>
            <Button onClick={() => setExpiringOnly(false)}>{expiration.showAll}</Button>
          </EmptyState>
        ) : isTrustedOnly ? (
          <EmptyState title={texts.emptyTrusted} text={texts.emptyTrustedText}>
            <Button onClick={() => setTrusted('')}>{texts.showAll}</Button>
          </EmptyState>
        ) : (
          <EmptyState title={texts.empty} text={texts.emptyText(region.principalKind)}>
            {principal !== undefined && <Copyable text={principal} />}
          </EmptyState>
        )
      }
      description={`${texts.about(region.principalKind, region.recipientMaySave)}${space}${timesText}`}
      pages={pages}
      table="shared-images"
      columns={columns}
      shownColumns={shownColumns}
      idOf={({ imageId }) => imageId}
      notice={
        <SpaceBetween size="xs">
          <Alert type="info">{texts.notice}</Alert>
          <ExpiringImagesAlert />
        </SpaceBetween>
      }
      filter={
        <>
          <Box padding={{ vertical: 'xxs' }}>
            <Toggle checked={isTrustedOnly} onChange={({ detail }) => setTrusted(detail.checked ? 'true' : '')}>
              {texts.trustedOnly}
            </Toggle>
          </Box>
          <ExpiringToggle />
        </>
      }
      actions={(image) => <SharedImageMenu image={image} />}
    />
  );
}
