import { useCallback, useEffect, useState } from 'react';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { forEach, type Outcome, outcomeOf, useShareCalls } from './calls.ts';

/** What is known of an image that is to be deleted. Absent fields are not known yet. */
export interface Candidate {
  readonly image: Image;
  readonly isBusy: boolean;
  /** Who holds it now. */
  readonly holders: readonly string[];
  /** Why it cannot be deleted as it is. */
  readonly problem: Problem | undefined;
  /** Whether the service would delete it. */
  readonly isFree: boolean;
}

const unknown = (image: Image): Candidate => ({ image, isBusy: true, holders: [], problem: undefined, isFree: false });

/** Asks of every image whether it can be deleted, clears what stands in the way, and deletes those that can be. */
export function useDeleting(chosen: readonly Image[]) {
  const calls = useShareCalls();
  const [opened] = useState(chosen);
  const [candidates, setCandidates] = useState(() => opened.map(unknown));
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome<true>>>(new Map());
  const [isRunning, setIsRunning] = useState(false);
  const [hasChanged, setHasChanged] = useState(false);

  const put = useCallback((known: Candidate) => {
    setCandidates((before) => before.map((one) => (one.image.imageId === known.image.imageId ? known : one)));
  }, []);
  const ask = useCallback(
    async (image: Image) => {
      put(unknown(image));
      const [answer, list] = await Promise.all([outcomeOf(calls.wouldRemove(image)), outcomeOf(calls.list(image))]);
      const { problem } = answer;
      const holders = problem?.document?.holders ?? list.answer?.shares.map(({ recipient }) => recipient) ?? [];
      put({ image, isBusy: false, holders, problem, isFree: problem === undefined });
    },
    [calls, put],
  );
  useEffect(() => {
    void forEach(opened, ask);
  }, [opened, ask]);

  /** Ends the shares of those who were told to hold the image, then asks again. */
  const cancelFirst = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    setHasChanged(true);
    const { problem } = await outcomeOf(calls.cancel(candidate.image, candidate.holders));
    await (problem === undefined ? ask(candidate.image) : put({ ...candidate, problem }));
  };
  /** Reads an image that was changed since it was listed, then asks again. */
  const readAgain = async (candidate: Candidate) => {
    put({ ...candidate, isBusy: true });
    const { answer, problem } = await outcomeOf(calls.readImage(candidate.image));
    await (answer === undefined ? put({ ...candidate, problem }) : ask(answer));
  };
  const isLeft = ({ image }: Candidate) => outcomes.get(image.imageId)?.answer === undefined;
  const free = candidates.filter((candidate) => candidate.isFree && isLeft(candidate)).map(({ image }) => image);
  /** Deletes those that can be. Those that somebody holds by now who was not told of are asked about again instead. */
  const run = async () => {
    setIsRunning(true);
    setHasChanged(true);
    const seen = await forEach(free, calls.list);
    const sure = free.filter(({ imageId }, at) => {
      const known = candidates.find(({ image }) => image.imageId === imageId)?.holders ?? [];
      const now = seen[at]?.answer?.shares.map(({ recipient }): string => recipient) ?? known;
      return now.every((recipient) => known.includes(recipient));
    });
    const answers = await forEach(sure, async (image) => {
      await calls.remove(image);
      return true as const;
    });
    const told = sure.flatMap(({ imageId }, at) => {
      const outcome = answers[at];
      return outcome === undefined ? [] : [[imageId, outcome] as const];
    });
    setOutcomes((before) => new Map([...before, ...told]));
    setIsRunning(false);
    await forEach(
      free.filter((image) => answers[sure.indexOf(image)]?.answer === undefined),
      ask,
    );
  };
  return { candidates, left: candidates.filter(isLeft), free, outcomes, isRunning, hasChanged, ask, cancelFirst, readAgain, run };
}
