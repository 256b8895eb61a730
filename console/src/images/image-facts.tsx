import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { Image } from '../api/client.ts';
import { usePlace } from '../frame/place.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { ImageState } from '../parts/image-state.tsx';
import { moment } from '../parts/moment.ts';
import { ProductNames } from '../parts/product-names.tsx';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { Labels } from './labels.tsx';
import { ShareMeter } from './share-meter.tsx';
import { imagesTexts } from './texts.ts';

/** What is known of an image. Only its owner is told with how many it is shared. */
export function ImageFacts({ image }: { image: Image }) {
  const names = useTexts(imagesTexts);
  const texts = useTexts(detailsTexts);
  const { region } = usePlace();
  const { shareCount } = image;
  return (
    <Container header={<Header variant="h2">{texts.facts}</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: names.imageId, value: <Copyable text={image.imageId} /> },
          { label: names.state, value: <ImageState image={image} /> },
          { label: texts.owner, value: <Copyable text={image.owner} /> },
          ...(shareCount === undefined
            ? []
            : [{ label: names.shares, value: <ShareMeter used={shareCount} cap={region.recipientsPerImageMax} /> }]),
          { label: names.description, value: image.description || texts.noDescription },
          { label: names.size, value: names.gib(image.sizeGiB) },
          { label: texts.disks, value: image.disksGiB.map(names.gib).join(', ') },
          { label: names.os, value: image.os || texts.none },
          { label: names.architecture, value: image.architecture },
          { label: names.products, value: <ProductNames products={image.products} /> },
          { label: texts.encryption, value: texts.encryptions[image.encryption] },
          { label: names.created, value: moment(image.createdAt) },
          { label: names.labels, value: Object.keys(image.labels).length === 0 ? texts.none : <Labels image={image} /> },
        ]}
      />
    </Container>
  );
}
