/** What callers read. Lists are compared in alphabetical order; the service only has to say that they are in the order it promises. */
import type { Answer, Reading } from '../call.ts';
import { type Image, isBeingMade, isFinished, type Job, liveShares, type State, sees } from './state.ts';

export function read(state: State, call: Reading): Answer {
  switch (call.do) {
    case 'list':
      return listOf(imagesOf(state, call));
    case 'all-shares':
      return listOf(sharesOf(state, call.by).filter(([, recipient]) => (call.recipient ?? recipient) === recipient));
    case 'recipients':
      return listOf([...Map.groupBy(sharesOf(state, call.by), ([, recipient]) => recipient)].map(countOf));
    case 'jobs':
      return listOf(jobsOf(state, call));
    case 'get-job': {
      const job = state.jobs[call.job];
      return job?.owner === call.by ? { job: call.job, source: job.source, ...outcomeOf(state, job) } : 'CopyJobNotFound';
    }
  }
  const image = state.images[call.image];
  if (image === undefined || !sees(state, call.by, image)) {
    // Nobody learns whether an image is missing, deleted, or not shared with them.
    return call.do === 'check' ? { allowed: false } : 'ImageNotFound';
  }
  switch (call.do) {
    case 'check':
      return { allowed: isFinished(image) };
    case 'get':
      return { view: viewOf(state, image, call.by) };
    case 'shares':
      return image.owner === call.by
        ? { ...listOf([...liveShares(state, image)]), planned: [...image.planned].sort() }
        : 'NotOwner';
  }
}

const listOf = (rows: readonly (readonly unknown[])[]) => ({ rows: [...rows].sort(), isInOrder: true });

/** Owners see how many recipients an image has, and recipients when their share ends. */
const viewOf = (state: State, image: Image, by: string): unknown[] =>
  image.owner === by
    ? [image.state, 'owned', liveShares(state, image).size]
    : [image.state, 'shared', liveShares(state, image).get(by)];

const imagesOf = (state: State, { by, region, scope }: Extract<Reading, { do: 'list' }>): unknown[][] =>
  state.images
    .map((image, index) => (image.region === region && sees(state, by, image) ? [index, ...viewOf(state, image, by)] : []))
    .filter(([, , visibility]) => visibility !== undefined && (scope ?? visibility) === visibility);

/** An image, a recipient, and when the share ends. */
type Row = readonly [number, string, number];

const sharesOf = (state: State, owner: string): Row[] =>
  state.images.flatMap((image, index) =>
    image.owner === owner && image.state !== 'deleted'
      ? [...liveShares(state, image)].map(([recipient, end]): Row => [index, recipient, end])
      : [],
  );

/** A recipient, the number of its shares, and when the next of them ends. */
const countOf = ([recipient, shares]: [string, readonly Row[]]): unknown[] => [
  recipient,
  shares.length,
  Math.min(...shares.map(([, , end]) => end)),
];

const jobsOf = (state: State, { by, region }: Extract<Reading, { do: 'jobs' }>): unknown[][] =>
  state.jobs.flatMap((job, index) =>
    job.owner === by && state.images[job.source]?.region === region ? [[index, job.source, outcomeOf(state, job).state]] : [],
  );

/** What became of a job. */
function outcomeOf(state: State, { copies, to }: Job) {
  const views = copies.map((number) => {
    const copy = state.images[number] as Image;
    const recipients = to.map((recipient) => [recipient, ...outcomeOfShare(state, copy, recipient)]);
    return { image: number, state: copy.state, sharing: commonOf(recipients.map(([, outcome]) => outcome)), recipients };
  });
  const isRunning = views.some((copy) => copy.sharing === 'planned' || isBeingMade(copy));
  const outcome = commonOf(views.map(({ sharing }) => sharing));
  return { state: isRunning ? 'running' : outcome === 'shared' ? 'succeeded' : outcome, copies: views };
}

/** What became of a planned share, and the error code if it was refused. */
function outcomeOfShare(state: State, copy: Image, recipient: string): string[] {
  if (copy.state === 'deleted') {
    return ['ended'];
  }
  if (copy.planned.includes(recipient)) {
    return ['planned'];
  }
  if (liveShares(state, copy).has(recipient)) {
    return ['shared'];
  }
  const refusal = copy.refused.get(recipient);
  return refusal === undefined ? [copy.state === 'failed' ? 'failed' : 'ended'] : ['failed', refusal];
}

/** What all of them are, if they are the same. */
const commonOf = (outcomes: readonly unknown[]): unknown =>
  outcomes.includes('planned') ? 'planned' : new Set(outcomes).size === 1 ? outcomes[0] : 'partly';
