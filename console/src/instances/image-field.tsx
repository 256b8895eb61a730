import Alert from '@cloudscape-design/components/alert';
import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { imageIdForm } from '../api/image-queries.ts';
import { useImageOptions } from '../images/use-image-options.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

interface ImageFieldProps {
  readonly value: string;
  readonly onChange: (imageId: string) => void;
  /** Called with the image of the ID, or with undefined if none is found. */
  readonly onFound: (image: Image | undefined) => void;
  /** Whether to report a missing ID. */
  readonly isSubmitted: boolean;
  readonly image: Image | undefined;
}

/** Whether the text names an image for certain: other owners choose the names of their images, so names don't. */
export const isImageChosen = (id: string, image: Image | undefined): boolean => image?.imageId === id || imageIdForm.test(id);

const visibilities = ['owned', 'shared', 'public'] as const;

/** Suggests the caller's own, shared, and public images. Accepts any typed ID. */
export function ImageField({ value, onChange, onFound, isSubmitted, image }: ImageFieldProps) {
  const texts = useTexts(instancesTexts);
  const common = useTexts(commonTexts);
  const nameOf = useNameOf();
  const { data: images, error, isFetching, refetch } = useImageOptions(value);

  const id = value.trim();
  useEffect(() => {
    const found = images?.find((one) => one.imageId === id);
    if (found !== undefined || image?.imageId !== id) {
      onFound(found);
    }
  }, [images, id, image, onFound]);

  const options: AutosuggestProps.Options = visibilities
    .map((visibility) => ({
      label: texts.visibilities[visibility],
      options: (images ?? [])
        .filter((one) => one.visibility === visibility)
        .map(({ imageId, name, os, owner, sizeGiB, state }) => ({
          value: imageId,
          label: name,
          labelTag: imageId,
          disabled: state !== 'available' && state !== 'deprecated',
          tags: [
            ...(state === 'available' ? [] : [common.imageStates[state]]),
            ...(os === '' ? [] : [os]),
            texts.gib(sizeGiB),
            ...(visibility === 'shared' ? [texts.ownedBy(nameOf(owner))] : []),
          ],
        })),
    }))
    .filter((group) => group.options.length > 0);

  const isName = image === undefined && (!isImageChosen(id, image) || (!isFetching && (images?.length ?? 0) > 0));
  const isUnknown = id !== '' && image === undefined && !isFetching && images?.length === 0;
  return (
    <SpaceBetween size="s">
      <FormField
        label={texts.image}
        description={texts.imageHint}
        errorText={isSubmitted && (id === '' ? texts.imageMissing : isName && texts.imageIdNeeded)}
        warningText={isUnknown && texts.imageNotFound}
        constraintText={image && texts.chosen(image.name, texts.visibility[image.visibility])}
      >
        <Autosuggest
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
          options={options}
          filteringType="manual"
          enteredTextLabel={texts.useId}
          statusType={isFetching ? 'loading' : error === null ? 'finished' : 'error'}
          loadingText={common.loading}
          errorText={texts.imagesLoadFailed}
          recoveryText={common.retry}
          onLoadItems={({ detail }) => detail.samePage && void refetch()}
          empty={texts.noImages}
        />
      </FormField>
      {image?.visibility === 'shared' && <Alert type="info">{texts.sharedBy(nameOf(image.owner))}</Alert>}
    </SpaceBetween>
  );
}
