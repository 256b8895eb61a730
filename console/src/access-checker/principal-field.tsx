import Autosuggest from '@cloudscape-design/components/autosuggest';
import { useCallback } from 'react';
import { type Image, unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { accessCheckerTexts } from './texts.ts';

/** Suggests the recipients of the image, if the caller owns it. */
export function PrincipalField({
  value,
  image,
  onChange,
}: {
  value: string;
  image: Image | undefined;
  onChange: (typed: string) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accessCheckerTexts);
  const { detailOf } = useServiceTexts();
  const { api } = useSession();
  const { region, query, principal: self } = useWorkspace();
  const imageId = image !== undefined && (image.shareCount ?? 0) > 0 ? image.imageId : undefined;
  const read = useCallback(async () => {
    if (imageId === undefined) {
      return [];
    }
    const params = { path: { region: region.region, imageId }, query };
    const { shares } = await unwrap(api.GET('/v1/regions/{region}/images/{imageId}/shares', { params }));
    return shares.map(({ recipient }) => ({ value: recipient }));
  }, [api, region.region, query, imageId]);
  const { data: recipients = [], isLoading, problem, refresh } = useCall(read);
  return (
    <Autosuggest
      value={value}
      options={recipients.length === 0 ? [] : [{ label: texts.recipients, options: recipients }]}
      placeholder={texts.principalPlaceholder(self ?? '')}
      enteredTextLabel={texts.useTyped}
      empty={texts.noRecipients}
      statusType={isLoading ? 'loading' : problem === undefined ? 'finished' : 'error'}
      loadingText={common.loading}
      errorText={problem?.document === undefined ? common.unreachable : detailOf(problem.document)}
      recoveryText={common.retry}
      onLoadItems={({ detail }) => detail.samePage && void refresh()}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
