import Autosuggest from '@cloudscape-design/components/autosuggest';
import { useCallback } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { whyTexts } from './texts.ts';

/** For whom is asked. The recipients of an own image are offered. */
export function HolderField({
  value,
  image,
  onChange,
}: {
  value: string;
  image: Image | undefined;
  onChange: (typed: string) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(whyTexts);
  const { api } = useSession();
  const { region, query, holder: self } = usePlace();
  const imageId = image !== undefined && (image.shareCount ?? 0) > 0 ? image.imageId : undefined;
  const read = useCallback(async () => {
    if (imageId === undefined) {
      return [];
    }
    const params = { path: { region: region.region, imageId }, query };
    const { shares } = await answerOf(api.GET('/v1/regions/{region}/images/{imageId}/shares', { params }));
    return shares.map(({ recipient }) => ({ value: recipient }));
  }, [api, region.region, query, imageId]);
  const { data: recipients = [], isLoading, problem, refresh } = useCall(read);
  return (
    <Autosuggest
      value={value}
      options={recipients.length === 0 ? [] : [{ label: texts.recipients, options: recipients }]}
      placeholder={texts.holderPlaceholder(self ?? '')}
      enteredTextLabel={texts.useTyped}
      empty={texts.noRecipients}
      statusType={isLoading ? 'loading' : problem === undefined ? 'finished' : 'error'}
      loadingText={common.loading}
      errorText={problem?.document?.detail ?? common.unreachable}
      recoveryText={common.retry}
      onLoadItems={({ detail }) => detail.samePage && void refresh()}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
