import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { HolderField } from './holder-field.tsx';
import { ImageField } from './image-field.tsx';
import { hasProduct, products, type Question, uses } from './question.ts';
import { whyTexts } from './texts.ts';

/** Where a question is put together: which image, which use, and, for an image that is one's own or not known, for whom. */
export function QuestionForm({
  stated,
  isBusy,
  onAsk,
}: {
  stated: Question;
  isBusy: boolean;
  onAsk: (question: Question) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(whyTexts);
  const images = useImages();
  const [question, setQuestion] = useState(stated);
  const [isIncomplete, setIsIncomplete] = useState(false);
  useEffect(() => setQuestion(stated), [stated]);
  const change = (part: Partial<Question>) => setQuestion((before) => ({ ...before, ...part }));

  const imageId = question.image.trim();
  const image = images.data?.find((one) => one.imageId === imageId);
  const mayAskForOthers = image === undefined || image.visibility === 'owned';
  const productOptions = [
    { value: '', label: texts.ownProduct },
    ...products.map((product) => ({ value: product, label: common.productNames[product] })),
  ];
  const useOptions = uses.map((use) => ({ value: use, label: texts.uses[use] }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsIncomplete(imageId === '');
        if (imageId !== '') {
          onAsk(mayAskForOthers ? question : { ...question, holder: '' });
        }
      }}
    >
      <Container header={<Header variant="h2">{texts.questionTitle}</Header>}>
        <SpaceBetween size="l">
          <ColumnLayout columns={2}>
            <FormField
              label={texts.image}
              constraintText={image?.name ?? texts.imageHint}
              {...(isIncomplete && imageId === '' && { errorText: texts.imageNeeded })}
            >
              <ImageField value={question.image} images={images} onChange={(typed) => change({ image: typed })} />
            </FormField>
            <FormField label={texts.use}>
              <Select
                options={useOptions}
                selectedOption={useOptions.find(({ value }) => value === question.use) ?? null}
                onChange={({ detail }) => change({ use: uses.find((use) => use === detail.selectedOption.value) ?? 'launch' })}
              />
            </FormField>
            {hasProduct(question.use) && (
              <FormField label={texts.product}>
                <Select
                  options={productOptions}
                  selectedOption={productOptions.find(({ value }) => value === (question.product ?? '')) ?? null}
                  onChange={({ detail }) =>
                    change({ product: products.find((product) => product === detail.selectedOption.value) })
                  }
                />
              </FormField>
            )}
            {mayAskForOthers && (
              <FormField label={<HolderLabel />} constraintText={texts.holderHint}>
                <HolderField value={question.holder} image={image} onChange={(holder) => change({ holder })} />
              </FormField>
            )}
          </ColumnLayout>
          <Button variant="primary" formAction="submit" loading={isBusy}>
            {texts.ask}
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}

function HolderLabel() {
  const texts = useTexts(whyTexts);
  return (
    <>
      {texts.holder}{' '}
      <Box variant="span" color="text-body-secondary" fontWeight="normal">
        ({texts.optional})
      </Box>
    </>
  );
}

/** Own images of the region, then those shared with the caller. */
function useImages() {
  const { api } = useSession();
  const { region, query } = usePlace();
  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const page = { limit: 100, ...(cursor !== undefined && { cursor }) };
      const params = { path: { region: region.region }, query: { ...query, ...page } };
      const { images, nextCursor } = await answerOf(api.GET('/v1/regions/{region}/images', { params }));
      return { entries: images as readonly Image[], nextCursor };
    },
    [api, region.region, query],
  );
  return usePages(readPage, { atLeast: 100 });
}
