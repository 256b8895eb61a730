import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { recordRow } from '../activity/record-row.ts';
import { recordTexts } from '../activity/record-texts.ts';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { ImageRef } from '../api/keys.ts';
import { deletionQuery } from '../api/record-queries.ts';
import { formatTime } from '../components/format-time.ts';
import { LoadError, type LoadErrorProps } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { PageLink } from '../components/page-link.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';

/** Says when an image that can't be found was deleted. Otherwise, shows the error. */
export function MissingImage({ image, query }: { image: ImageRef; query: LoadErrorProps['query'] }) {
  const texts = useRegionTexts(detailsTexts);
  const records = useRegionTexts(recordTexts);
  const common = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { api } = useSession();
  const { query: tenant, principal } = useWorkspace();
  const { data: record, isLoading } = useQuery(deletionQuery(api, image, tenant));
  if (isLoading) {
    return <Loading />;
  }
  if (record === undefined || record === null) {
    return <LoadError query={query} />;
  }
  const { at, who } = recordRow(record, principal, { records, common, nameOf });
  return (
    <Alert type="info" header={texts.deletedTitle}>
      <SpaceBetween size="xs">
        {texts.deleted(formatTime(at), who)}
        <PageLink to={`/activity?image=${image.imageId}`}>{texts.viewActivity}</PageLink>
      </SpaceBetween>
    </Alert>
  );
}
