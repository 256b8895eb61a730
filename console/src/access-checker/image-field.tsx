import Autosuggest from '@cloudscape-design/components/autosuggest';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Image } from '../api/client.ts';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { accessCheckerTexts } from './texts.ts';

/** Suggests the caller's own images and those shared with the caller. Also accepts a typed ID or name. */
export function ImageField({
  value,
  images: { data, error, isFetching, refetch },
  onChange,
}: {
  value: string;
  images: UseQueryResult<readonly Image[]>;
  onChange: (typed: string) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accessCheckerTexts);
  const { detailOf } = useServiceTexts();
  const optionsOf = (visibility: Image['visibility']) =>
    (data ?? [])
      .filter((image) => image.visibility === visibility)
      .map(({ imageId, name }) => ({ value: imageId, label: name, labelTag: imageId }));
  const groups = [
    { label: texts.customImages, options: optionsOf('owned') },
    { label: texts.sharedImages, options: optionsOf('shared') },
  ].filter(({ options }) => options.length > 0);
  return (
    <Autosuggest
      value={value}
      options={groups}
      filteringType="manual"
      enteredTextLabel={texts.useTyped}
      empty={texts.noImages}
      statusType={isFetching ? 'loading' : error !== null ? 'error' : 'finished'}
      loadingText={common.loading}
      errorText={error?.document === undefined ? common.unreachable : detailOf(error.document)}
      recoveryText={common.retry}
      onLoadItems={({ detail }) => detail.samePage && void refetch()}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
