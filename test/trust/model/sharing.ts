/** How shares come and go. */
import type { Adding, Answer } from '../call.ts';
import { type Image, isBeingMade, liveShares, type State } from './state.ts';

export function share(state: State, image: Image, adding: Adding, removals: readonly string[]): Answer {
  const { to, ends } = adding;
  const live = liveShares(state, image);
  const added = to.filter((id) => !live.has(id));
  const rescheduled = ends === undefined ? [] : to.filter((id) => live.has(id) && live.get(id) !== (ends ?? never));
  const others = [...live.keys(), ...image.planned].filter((id) => !to.includes(id));
  const removed = others.filter((id) => removals.includes(id));
  const refusal = whyNotShared(state, image, { ...adding, added, rescheduled, others: others.length - removed.length });
  if (refusal !== undefined) {
    return refusal;
  }
  stop(state, image, removed);
  for (const id of [...added, ...rescheduled]) {
    image.shares.set(id, ends ?? never);
  }
  image.planned = image.planned.filter((id) => !to.includes(id));
  return { added: added.sort(), rescheduled: rescheduled.sort(), removed: removed.sort(), used: liveShares(state, image).size };
}

/** Returns those whose shares or planned shares it stopped. */
export function stop(state: State, image: Image, remove: readonly string[]): string[] {
  const stopped = remove.filter((id) => liveShares(state, image).has(id) || image.planned.includes(id));
  for (const id of stopped) {
    image.shares.delete(id);
  }
  image.planned = image.planned.filter((id) => !stopped.includes(id));
  return stopped.sort();
}

/** Shares a copy with each planned recipient that the rules allow, once its state allows it. */
export function shareAsPlanned(state: State, number: number): void {
  const image = state.images[number] as Image;
  const job = state.jobs.find(({ copies }) => copies.includes(number));
  if (job === undefined || !isShareable(state, image)) {
    return;
  }
  for (const recipient of image.planned) {
    const others = liveShares(state, image).size;
    const refusal = whyNotShared(state, image, { ...job, to: [recipient], added: [recipient], rescheduled: [], others });
    if (refusal === undefined) {
      image.shares.set(recipient, job.ends ?? never);
    } else {
      image.refused.set(recipient, refusal);
    }
  }
  image.planned = [];
}

const never = Number.POSITIVE_INFINITY;

const isShareable = ({ cloud }: State, image: Pick<Image, 'state'>): boolean =>
  image.state === 'available' || (cloud.mayShareUnfinished && isBeingMade(image));

interface Sharing extends Adding {
  readonly added: readonly string[];
  readonly rescheduled: readonly string[];
  /** How many recipients the image has afterwards, besides those in `to`. */
  readonly others: number;
}

/** Returns the error code of the first rule that refuses. */
export function whyNotShared(
  state: State,
  image: Pick<Image, 'owner' | 'state'>,
  { to, ends, acknowledges, added, rescheduled, others }: Sharing,
): string | undefined {
  const { cloud, principals, now } = state;
  const refusals: [boolean, string][] = [
    [added.length > 0 && !isShareable(state, image), 'ImageNotShareable'],
    [ends != null && ends <= now && added.length + rescheduled.length > 0, 'InvalidRequest'],
    [added.length > 0 && cloud.mustAcknowledge && !acknowledges, 'RiskNotAcknowledged'],
    [to.includes(image.owner), 'RecipientIsOwner'],
    [to.some((id) => !principals.has(id)), 'RecipientNotFound'],
    [added.some((id) => !accepts(state, id, image.owner)), 'RecipientDoesNotAccept'],
    [added.length > 0 && others + to.length > cloud.cap, 'ShareCapExceeded'],
  ];
  return refusals.find(([applies]) => applies)?.[1];
}

function accepts(state: State, recipient: string, owner: string): boolean {
  const { from = 'anyone', blocked = [] } = state.accepts.get(recipient) ?? {};
  return from === 'anyone' && !blocked.includes(owner);
}
