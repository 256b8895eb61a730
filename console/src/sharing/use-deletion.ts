import { useCallback, useEffect, useState } from 'react';
import type { Image } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { Problem } from '../api/problem.ts';
import { useCalls } from '../api/use-change.ts';
import { forEachImage, type Outcome, outcomeOf, resultsOf, type Shares, useShareCalls } from './calls.ts';

export interface Candidate {
  readonly image: Image;
  readonly isBusy: boolean;
  readonly recipients: readonly string[];
  readonly problem: Problem | undefined;
  /** The result of the dry run. */
  readonly isDeletable: boolean;
}

const unknown = (image: Image): Candidate => ({ image, isBusy: true, recipients: [], problem: undefined, isDeletable: false });

/** State of the dialog that deletes images. A dry run checks each image first. Calls `onAllDeleted` once all are deleted. */
export function useDeletion(chosen: readonly Image[], onAllDeleted: () => void) {
  const calls = useShareCalls();
  const [opened] = useState(chosen);
  const [candidates, setCandidates] = useState(() => opened.map(unknown));
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<true>>>(new Map());

  const put = useCallback((known: Candidate) => {
    setCandidates((before) => before.map((one) => (one.image.imageId === known.image.imageId ? known : one)));
  }, []);
  const check = useCallback(
    async (image: Image) => {
      put(unknown(image));
      const [result, list] = await Promise.all([outcomeOf(calls.wouldRemove(image)), outcomeOf(calls.list(image))]);
      const { problem } = result;
      const recipients = problem?.document?.recipients ?? list.result?.shares.map(({ recipient }) => recipient) ?? [];
      put({ image, isBusy: false, recipients, problem, isDeletable: problem === undefined });
    },
    [calls, put],
  );
  useEffect(() => {
    void forEachImage(opened, check);
  }, [opened, check]);

  /** Stops sharing only with the recipients that the dialog showed. */
  const stopSharing = useCalls({
    run: ({ once }, { image, recipients }: Candidate) => calls.cancel(once, image, recipients),
    changes: [keys.images],
    onMutate: (candidate) => put({ ...candidate, isBusy: true }),
    onSuccess: (_, { image }) => check(image),
    onError: (problem, candidate) => put({ ...candidate, problem }),
  });
  /** Reloads an image that changed after it was listed. */
  const reload = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    const { result, problem } = await outcomeOf(calls.readImage(candidate.image));
    await (result === undefined ? put({ ...candidate, problem }) : check(result));
  };
  const isLeft = ({ image }: Candidate) => outcomes.get(image.imageId)?.result === undefined;
  const deletable = candidates.filter((candidate) => candidate.isDeletable && isLeft(candidate)).map(({ image }) => image);
  const deletion = useCalls({
    // Skips images that gained a recipient that the user hasn't seen.
    run: async ({ once, isPreview }) => {
      const seen = isPreview ? new Map<string, Shares>() : resultsOf(await forEachImage(deletable, calls.list));
      const confirmed = deletable.filter(({ imageId }) => {
        const known = candidates.find(({ image }) => image.imageId === imageId)?.recipients ?? [];
        return (seen.get(imageId)?.shares ?? []).every(({ recipient }) => known.includes(recipient));
      });
      return forEachImage(confirmed, async (image) => {
        await calls.remove(once, image);
        return true as const;
      });
    },
    // The page behind the dialog can be the page of a deleted image, so only the lists are fetched again.
    changes: [keys.imageLists, keys.account],
    onSuccess: (results) => {
      const all = new Map([...outcomes, ...results]);
      setOutcomes(all);
      if (resultsOf(all).size === opened.length) {
        onAllDeleted();
        return;
      }
      void forEachImage(
        deletable.filter(({ imageId }) => results.get(imageId)?.result === undefined),
        check,
      );
    },
  });
  return {
    candidates,
    left: candidates.filter(isLeft),
    deletable,
    outcomes,
    isRunning: deletion.isPending,
    check,
    stopSharingFirst: stopSharing.mutate,
    reload,
    run: () => deletion.mutate(),
  };
}
