import Alert from '@cloudscape-design/components/alert';
import LiveRegion from '@cloudscape-design/components/live-region';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { type SuccessBody, unwrap } from '../api/client.ts';
import { sharedNamesQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { Dialog } from '../components/dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { RecipientList } from '../sharing/recipient-list.tsx';
import { ownersTexts } from './texts.ts';

type Left = SuccessBody<'LeaveSharedImages'>;

/** Whether the region's policy doesn't let recipients leave. */
const isOwnerOnly = ({ code }: Left['failed'][number]): boolean => code === 'NotOwner';

interface LeaveOwnerDialogProps {
  readonly owner: string;
  readonly onClose: () => void;
  /** Called instead of `onClose` if the caller has left images. */
  readonly onLeft: () => void;
}

/** Leaves all images of one owner, after a dry run has told which ones. */
export function LeaveOwnerDialog({ owner, onClose, onLeft }: LeaveOwnerDialogProps) {
  const texts = useRegionTexts(ownersTexts);
  const nameOf = useNameOf();
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const body = { owner };
  const forecast = useQuery({
    queryKey: keys.dryRun(['leave', owner, query]),
    queryFn: ({ signal }) =>
      unwrap(api.POST('/v1/received-shares/leave', { params: { query: { ...query, dryRun: 'true' } }, body, signal })),
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  const [count, setCount] = useState(0);
  const change = useChange({
    send: (header) => unwrap(api.POST('/v1/received-shares/leave', { params: { query, header }, body })),
    changes: [keys.images],
    onSuccess: ({ left, failed, complete }) => {
      setCount(count + left.length);
      if (complete && failed.every(isOwnerOnly)) {
        notify({ type: 'success', text: texts.leftAll(count + left.length, nameOf(owner)) });
        onLeft();
      }
    },
  });
  const { data: result, error, isPending } = change;
  const expected = forecast.data;
  const toLeave = expected?.left.length ?? 0;
  return (
    <Dialog
      header={texts.leaveOwner}
      onClose={count === 0 ? onClose : onLeft}
      action={{
        text: result === undefined ? texts.leaveAll(toLeave) : texts.continueLeaving,
        isRunning: isPending,
        isDisabled: toLeave === 0,
        run: () => change.mutate(),
      }}
    >
      {error && <ProblemAlert problem={error} />}
      {result === undefined ? (
        <>
          <LoadError query={forecast} />
          {expected === undefined && forecast.isFetching && <Loading />}
          {expected !== undefined && (
            <>
              <LiveRegion>
                {toLeave === 0
                  ? texts.nothingToLeave(nameOf(owner))
                  : texts.leaveAllText(toLeave, !expected.complete, nameOf(owner))}
              </LiveRegion>
              <Images owner={owner} header={texts.imagesToLeave(toLeave)} images={expected.left} />
              <Failed result={expected} />
              {toLeave > 0 && <Alert type="warning">{texts.leaveAllWarning}</Alert>}
            </>
          )}
        </>
      ) : (
        <>
          <LiveRegion>
            <Alert type="warning" header={texts.leftAll(count, nameOf(owner))}>
              {texts.notComplete}
            </Alert>
          </LiveRegion>
          <Failed result={result} />
        </>
      )}
    </Dialog>
  );
}

interface ImagesProps {
  readonly owner: string;
  readonly header: string;
  readonly images: Left['left'];
}

/** The result of the call has no names, so they are loaded for each region. */
function Images({ owner, header, images }: ImagesProps) {
  const { api } = useSession();
  const { query } = useWorkspace();
  const regions = [...new Set(images.map(({ region }) => region))];
  const results = useQueries({ queries: regions.map((region) => sharedNamesQuery(api, region, query, owner)) });
  const textOf = ({ region, imageId }: Left['left'][number]): string => {
    const name = results[regions.indexOf(region)]?.data?.get(imageId);
    return name === undefined ? `${imageId} (${region})` : `${name} (${imageId}, ${region})`;
  };
  return <RecipientList header={header} ids={images.map(textOf)} />;
}

/** The images that the caller still has. Most of them can't be left at all. */
function Failed({ result: { owner, failed } }: { result: Left }) {
  const texts = useRegionTexts(ownersTexts);
  const ownerOnly = failed.filter(isOwnerOnly);
  const others = failed.filter((failure) => !isOwnerOnly(failure));
  return (
    <>
      <Images owner={owner} header={texts.cannotLeave(ownerOnly.length)} images={ownerOnly} />
      <Images owner={owner} header={texts.failedToLeave(others.length)} images={others} />
    </>
  );
}
