import Autosuggest from '@cloudscape-design/components/autosuggest';
import { useQuery } from '@tanstack/react-query';
import { useAddressBook, useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
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
  const book = useAddressBook();
  const nameOf = useNameOf();
  const shares = useQuery({
    ...sharesQuery(api, image ?? { region: region.region, imageId: '' }, query),
    enabled: (image?.shareCount ?? 0) > 0,
  });
  const { data, isFetching, error } = shares;
  const optionOf = (id: string) => ({ value: id, label: nameOf(id) });
  const recipients = (data?.shares ?? []).map(({ recipient }): string => recipient);
  const named = [...book.keys()].filter((id) => !recipients.includes(id));
  const groups = [
    { label: texts.recipients(region.principalKind), options: recipients.map(optionOf) },
    { label: common.addressBook, options: named.map(optionOf) },
  ];
  return (
    <Autosuggest
      value={value}
      options={groups.filter(({ options }) => options.length > 0)}
      virtualScroll
      placeholder={self === undefined ? '' : texts.principalPlaceholder(self)}
      enteredTextLabel={texts.useTyped}
      empty={texts.noRecipients}
      statusType={isFetching ? 'loading' : error === null ? 'finished' : 'error'}
      loadingText={common.loading}
      errorText={error?.document === undefined ? common.unreachable : detailOf(error.document)}
      recoveryText={common.retry}
      onLoadItems={({ detail }) => detail.samePage && void shares.refetch()}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
