import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { answerOf } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { Page } from '../parts/page.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { Answer } from './answer.tsx';
import { addressOf, type Question, questionIn } from './question.ts';
import { QuestionForm } from './question-form.tsx';
import { whyTexts } from './texts.ts';
import { usePlaceOfAddress } from './use-place-of-address.ts';

/** Explains a decision. The question stands in the page's address, so that other pages lead to it and it can be sent on. */
export default function Why() {
  const texts = useTexts(whyTexts);
  const { api } = useSession();
  const { region, project, query } = usePlace();
  const [address, setAddress] = useSearchParams();
  const stated = address.toString();
  const isThere = usePlaceOfAddress(address, setAddress);
  const question = useMemo(() => questionIn(new URLSearchParams(stated)), [stated]);
  const read = useCallback(async () => {
    const { image, use, product, holder } = question;
    if (image === '' || !isThere) {
      return undefined;
    }
    const asked = { ...query, use, ...(product !== undefined && { product }), ...(holder !== '' && { holder }) };
    const path = { region: region.region, imageId: image };
    const call = api.GET('/v1/regions/{region}/images/{imageId}/access', { params: { path, query: asked } });
    return { question, decision: await answerOf(call) };
  }, [api, region.region, query, question, isThere]);
  const called = useCall(read);
  const ask = (next: Question) => {
    const wanted = new URLSearchParams(addressOf(next, { region: region.region, project }));
    if (wanted.toString() === stated) {
      void called.refresh();
    } else {
      void setAddress(wanted);
    }
  };
  return (
    <Page title={texts.title} description={texts.description}>
      <QuestionForm stated={question} isBusy={called.isLoading && question.image !== ''} onAsk={ask} />
      <Answer isAsked={question.image !== ''} called={called} />
    </Page>
  );
}
