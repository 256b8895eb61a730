import { useCallback, useEffect, useState } from 'react';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { forEach, type Outcome, outcomeOf, useShareCalls } from './calls.ts';

export interface Candidate {
  readonly image: Image;
  readonly isBusy: boolean;
  readonly recipients: readonly string[];
  readonly problem: Problem | undefined;
  /** The result of the dry run. */
  readonly isDeletable: boolean;
}

const unknown = (image: Image): Candidate => ({ image, isBusy: true, recipients: [], problem: undefined, isDeletable: false });

/** State of the dialog that deletes images. A dry run checks each image first. */
export function useDeletion(chosen: readonly Image[]) {
  const calls = useShareCalls();
  const [opened] = useState(chosen);
  const [candidates, setCandidates] = useState(() => opened.map(unknown));
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<true>>>(new Map());
  const [isRunning, setIsRunning] = useState(false);
  const [hasChanged, setHasChanged] = useState(false);

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
    void forEach(opened, check);
  }, [opened, check]);

  /** Stops sharing only with the recipients that the dialog showed. */
  const stopSharingFirst = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    setHasChanged(true);
    const { problem } = await outcomeOf(calls.cancel(candidate.image, candidate.recipients));
    await (problem === undefined ? check(candidate.image) : put({ ...candidate, problem }));
  };
  /** Reloads an image that changed after it was listed. */
  const reload = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    const { result, problem } = await outcomeOf(calls.readImage(candidate.image));
    await (result === undefined ? put({ ...candidate, problem }) : check(result));
  };
  const isLeft = ({ image }: Candidate) => outcomes.get(image.imageId)?.result === undefined;
  const deletable = candidates.filter((candidate) => candidate.isDeletable && isLeft(candidate)).map(({ image }) => image);
  /** Skips images that gained a recipient that the user hasn't seen, and checks them again. */
  const run = async () => {
    setIsRunning(true);
    setHasChanged(true);
    const seen = await forEach(deletable, calls.list);
    const confirmed = deletable.filter(({ imageId }, at) => {
      const known = candidates.find(({ image }) => image.imageId === imageId)?.recipients ?? [];
      const now = seen[at]?.result?.shares.map(({ recipient }): string => recipient) ?? known;
      return now.every((recipient) => known.includes(recipient));
    });
    const results = await forEach(confirmed, async (image) => {
      await calls.remove(image);
      return true as const;
    });
    const finished = confirmed.flatMap(({ imageId }, at) => {
      const outcome = results[at];
      return outcome === undefined ? [] : [[imageId, outcome] as const];
    });
    setOutcomes((before) => new Map([...before, ...finished]));
    setIsRunning(false);
    await forEach(
      deletable.filter((image) => results[confirmed.indexOf(image)]?.result === undefined),
      check,
    );
  };
  return {
    candidates,
    left: candidates.filter(isLeft),
    deletable,
    outcomes,
    isRunning,
    hasChanged,
    check,
    stopSharingFirst,
    reload,
    run,
  };
}
