import { useCallback, useEffect, useState } from 'react';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { forEach, type Outcome, outcomeOf, useShareCalls } from './calls.ts';

/** What is known of an image that is to be deleted. Absent fields are not known yet. */
export interface Candidate {
  readonly image: Image;
  readonly isBusy: boolean;
  /** Who holds it now. */
  readonly recipients: readonly string[];
  /** Why it cannot be deleted as it is. */
  readonly problem: Problem | undefined;
  /** Whether the service would delete it. */
  readonly isDeletable: boolean;
}

const unknown = (image: Image): Candidate => ({ image, isBusy: true, recipients: [], problem: undefined, isDeletable: false });

/** Asks of every image whether it can be deleted, clears what stands in the way, and deletes those that can be. */
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
      const recipients = problem?.document?.holders ?? list.result?.shares.map(({ recipient }) => recipient) ?? [];
      put({ image, isBusy: false, recipients, problem, isDeletable: problem === undefined });
    },
    [calls, put],
  );
  useEffect(() => {
    void forEach(opened, check);
  }, [opened, check]);

  /** Ends the shares of those who were told to hold the image, then asks again. */
  const stopSharingFirst = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    setHasChanged(true);
    const { problem } = await outcomeOf(calls.cancel(candidate.image, candidate.recipients));
    await (problem === undefined ? check(candidate.image) : put({ ...candidate, problem }));
  };
  /** Reads an image that was changed since it was listed, then asks again. */
  const reload = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    const { result, problem } = await outcomeOf(calls.readImage(candidate.image));
    await (result === undefined ? put({ ...candidate, problem }) : check(result));
  };
  const isLeft = ({ image }: Candidate) => outcomes.get(image.imageId)?.result === undefined;
  const deletable = candidates.filter((candidate) => candidate.isDeletable && isLeft(candidate)).map(({ image }) => image);
  /** Deletes those that can be. Those that somebody holds by now who was not told of are asked about again instead. */
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
    const told = confirmed.flatMap(({ imageId }, at) => {
      const outcome = results[at];
      return outcome === undefined ? [] : [[imageId, outcome] as const];
    });
    setOutcomes((before) => new Map([...before, ...told]));
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
