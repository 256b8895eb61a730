import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { PrincipalName } from '../address-book/principal-name.tsx';
import type { Image } from '../api/client.ts';
import { Copyable } from '../components/copyable.tsx';
import { formatTime } from '../components/format-time.ts';
import { ImageState } from '../components/image-state.tsx';
import { ProductNames } from '../components/product-names.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { OwnerBadges } from '../owners/owner-badges.tsx';
import { expirationTexts } from '../sharing/expiration-texts.ts';
import { ExpirationTime } from '../sharing/expiration-time.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';
import { SharingMeter } from './sharing-meter.tsx';
import { Tags } from './tags.tsx';
import { imagesTexts } from './texts.ts';

/** Only the owner gets `shareCount` from the API. */
export function ImageSummary({ image }: { image: Image }) {
  const common = useTexts(commonTexts);
  const names = useTexts(imagesTexts);
  const texts = useRegionTexts(detailsTexts);
  const expiration = useTexts(expirationTexts);
  const { region } = useWorkspace();
  const { shareCount } = image;
  return (
    <Container header={<Header variant="h2">{texts.details}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: names.imageId, value: <Copyable text={image.imageId} /> },
          { label: names.state, value: <ImageState image={image} /> },
          {
            label: texts.owner,
            value:
              image.visibility === 'public' ? (
                texts.publicOwner
              ) : (
                <>
                  <PrincipalName id={image.owner} isCopyable isEditable={image.visibility === 'shared'} />{' '}
                  {image.visibility === 'shared' && <OwnerBadges owner={image.owner} />}
                </>
              ),
          },
          ...(shareCount === undefined
            ? []
            : [{ label: names.shares, value: <SharingMeter used={shareCount} cap={region.recipientsPerImageMax} /> }]),
          ...(image.visibility === 'shared'
            ? [
                ...(image.sharedAt === undefined ? [] : [{ label: expiration.sharedAt, value: formatTime(image.sharedAt) }]),
                { label: expiration.expiresAt, value: <ExpirationTime expiresAt={image.expiresAt} /> },
              ]
            : []),
          { label: names.description, value: image.description || common.noValue },
          { label: names.size, value: names.gib(image.sizeGiB) },
          ...(image.disksGiB.length === 1
            ? []
            : [{ label: texts.disks, value: image.disksGiB.map(names.gib).join(common.listSeparator) }]),
          { label: names.os, value: image.os || common.noValue },
          { label: names.architecture, value: image.architecture },
          { label: names.products, value: <ProductNames products={image.products} /> },
          { label: texts.encryption, value: texts.encryptions[image.encryption] },
          { label: names.created, value: formatTime(image.createdAt) },
          { label: names.tags, value: Object.keys(image.tags).length === 0 ? common.noValue : <Tags image={image} /> },
        ]}
      />
    </Container>
  );
}
