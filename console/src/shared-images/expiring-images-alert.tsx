import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useInfiniteQuery } from '@tanstack/react-query';
import { imagesQuery } from '../api/image-queries.ts';
import { ImageLink } from '../components/image-link.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { byExpiration, expiringLimit } from '../sharing/expiring.ts';
import { useExpiringOnly } from '../sharing/expiring-toggle.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { SaveCopyButton } from './save-copy-button.tsx';
import { sharedImagesTexts } from './texts.ts';

const shownMax = 3;

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
  const images = data.toSorted(byExpiration);
  return images.length === 0 ? null : (
    <Alert
      type="warning"
      header={texts.imagesExpire(images.length, hasNextPage)}
      {...(!isFiltered &&
        images.length > shownMax && { action: <Button onClick={() => setFiltered(true)}>{texts.showExpiring}</Button> })}
    >
      <SpaceBetween size="xs">
        {texts.expiringText(region.recipientMaySave)}
        {images.slice(0, shownMax).map((image) => (
          <SpaceBetween key={image.imageId} direction="horizontal" size="s" alignItems="center">
            <ImageLink region={image.region} imageId={image.imageId}>
              {image.name}
            </ImageLink>
            <ExpirationTime expiresAt={image.expiresAt} />
            <SaveCopyButton image={image} variant="inline-link" />
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </Alert>
  );
}
