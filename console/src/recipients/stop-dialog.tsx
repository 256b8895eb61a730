import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { ownSharesQuery, stopForecastQuery } from '../api/share-queries.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { RecipientList } from '../sharing/recipient-list.tsx';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { recipientsTexts } from './texts.ts';
import { useStopping } from './use-stopping.ts';

/** What a problem document has besides the fields of a failure in the response. */
const noDocument = { type: '', title: '', status: 0, requestId: '' };

interface StopDialogProps {
  readonly recipient: string;
  readonly onClose: () => void;
}

/** Stops sharing all images with a recipient, after the user has entered its ID. */
export function StopDialog({ recipient, onClose }: StopDialogProps) {
  const texts = useTexts(recipientsTexts);
  const { detailOf } = useServiceTexts();
  const { api } = useSession();
  const { query, account } = useWorkspace();
  const { notify } = useNotices();
  const [entered, setEntered] = useState('');
  const [isTried, setTried] = useState(false);
  const forecast = useQuery(stopForecastQuery(api, recipient, query));
  // The forecast has no names. Those of the latest shares are enough to recognize what it is about.
  const { data: named = [] } = useInfiniteQuery(ownSharesQuery(api, undefined, { ...query, recipient }));
  const stopping = useStopping(recipient, (count) => {
    notify({ type: count > 0 ? 'success' : 'info', text: texts.stopped(recipient, count) });
    onClose();
  });
  const { data: result } = stopping;
  const isStarted = stopping.isPending || stopping.isError || result !== undefined;
  const images = forecast.data?.stopped ?? [];
  const isNothing = forecast.data !== undefined && images.length === 0;
  const isConfirmed = entered.trim() === recipient;
  const textOf = ({ region, imageId }: (typeof images)[number]): string => {
    const name = named.find((share) => share.region === region && share.imageId === imageId)?.imageName;
    return name === undefined ? `${imageId} (${region})` : `${name} (${imageId}, ${region})`;
  };
  return (
    <FormDialog
      header={texts.stopTitle(useNameOf()(recipient))}
      submitText={isStarted && !stopping.isPending ? texts.tryAgain : texts.stop}
      change={stopping}
      isDisabled={forecast.data === undefined || (isNothing && !isStarted)}
      onSubmit={() => {
        setTried(true);
        if (isConfirmed) {
          stopping.mutate();
        }
      }}
      onClose={onClose}
    >
      <LoadError query={forecast} />
      <LiveRegion>
        {forecast.isLoading && <StatusIndicator type="loading">{texts.checking}</StatusIndicator>}
        {isNothing && !isStarted && <StatusIndicator type="info">{texts.nothingToStop(recipient)}</StatusIndicator>}
        {stopping.isPending && <StatusIndicator type="loading">{texts.stopping(stopping.done)}</StatusIndicator>}
      </LiveRegion>
      {images.length > 0 && (
        <>
          <LiveRegion>
            <Alert type="warning">
              {texts.stopText(images.length, recipient, forecast.data?.complete === false, account.projects.length > 1)}
            </Alert>
          </LiveRegion>
          <RecipientList header={texts.stopImages(images.length, forecast.data?.complete === false)} ids={images.map(textOf)} />
        </>
      )}
      {(!isNothing || isStarted) && (
        <FormField label={texts.confirmLabel(recipient)} errorText={isTried && !isConfirmed && texts.confirmMismatch(recipient)}>
          <Input
            value={entered}
            onChange={({ detail }) => setEntered(detail.value)}
            disabled={stopping.isPending}
            autoComplete={false}
            spellcheck={false}
          />
        </FormField>
      )}
      {result !== undefined && !stopping.isPending && (
        <LiveRegion>
          <Alert type="error" header={texts.partlyStopped(result.count, result.failed.length)}>
            <ul>
              {result.failed.map((failure) => (
                <li key={textOf(failure)}>
                  {textOf(failure)}
                  <div>{detailOf({ ...noDocument, ...failure })}</div>
                </li>
              ))}
            </ul>
          </Alert>
        </LiveRegion>
      )}
    </FormDialog>
  );
}
