import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { imagesQuery } from '../api/image-queries.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { expiringLimit } from '../sharing/expiring.ts';
import { useExpiringOnly } from '../sharing/expiring-toggle.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

/** Warns that the caller soon loses access to shared images, whatever the list below shows. */
export function ExpiringImagesAlert() {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const [isFiltered, setFiltered] = useExpiringOnly();
  const expiringBefore = expiringLimit(new Date());
  const { data = [], hasNextPage } = useInfiniteQuery(
    imagesQuery(api, region.region, { ...query, scope: 'shared', expiringBefore }),
  );
  return data.length === 0 ? null : (
    <Alert
      type="warning"
      header={texts.imagesExpire(data.length, hasNextPage)}
      {...(!isFiltered && { action: <Button onClick={() => setFiltered(true)}>{texts.showExpiring}</Button> })}
    >
      {texts.expiringListText(region.recipientMaySave)}
    </Alert>
  );
}
