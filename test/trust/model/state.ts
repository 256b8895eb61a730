/** What the model knows. */
import type { Accepting, Adding } from '../call.ts';

/** What differs between clouds. */
export interface Cloud {
  readonly cap: number;
  readonly quota: number;
  readonly mustAcknowledge: boolean;
  readonly mayShareUnfinished: boolean;
  readonly mayDeprecateShared: boolean;
  readonly mayLeave: boolean;
  readonly deletesShared: boolean;
}

export interface Image {
  readonly owner: string;
  readonly region: number;
  state: 'pending' | 'copying' | 'available' | 'deprecated' | 'failed' | 'deleted';
  /** Recipients and when their shares end; Infinity for never. */
  readonly shares: Map<string, number>;
  /** The recipients that its copy job will share it with. */
  planned: readonly string[];
  /** The recipients that its copy job couldn't share it with, and why. */
  readonly refused: Map<string, string>;
}

/** A copy job, with what it shares. */
export interface Job extends Adding {
  readonly owner: string;
  readonly source: number;
  readonly copies: readonly number[];
}

export interface State {
  readonly cloud: Cloud;
  /** Everyone who exists. */
  readonly principals: ReadonlySet<string>;
  now: number;
  readonly images: Image[];
  readonly jobs: Job[];
  /** From whom accounts accept images, if not from everyone. Nobody trusts anyone here. */
  readonly accepts: Map<string, Pick<Accepting, 'from' | 'blocked'>>;
}

export const copyOf = (state: State): State => ({
  ...state,
  images: state.images.map((image) => ({ ...image, shares: new Map(image.shares), refused: new Map(image.refused) })),
  jobs: [...state.jobs],
  accepts: new Map(state.accepts),
});

export const textOf = ({ now, images, jobs, accepts }: State): string =>
  JSON.stringify([
    now,
    images.map(({ state, shares, planned, refused }) => [state, [...shares].sort(), planned, [...refused].sort()]),
    jobs,
    [...accepts].sort(),
  ]);

/** Returns the recipients that an image has now, and when their shares end. */
export const liveShares = ({ now }: State, { shares }: Image): Map<string, number> =>
  new Map([...shares].filter(([, end]) => end > now));

export const sees = (state: State, who: string, image: Image): boolean =>
  image.state !== 'deleted' && (image.owner === who || liveShares(state, image).has(who));

export const isFinished = ({ state }: Image): boolean => state === 'available' || state === 'deprecated';
export const isBeingMade = ({ state }: Pick<Image, 'state'>): boolean => state === 'pending' || state === 'copying';
