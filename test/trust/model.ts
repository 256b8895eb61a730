/**
 * What the service promises about images, their shares, and copy jobs, as simply as possible: maps in memory, one call at a time. It
 * shares no code with the service. Histories of calls compare it with the service, answer by answer.
 */
import type { Answer, Call, Changing } from './call.ts';
import { read } from './model/reads.ts';
import { share, shareAsPlanned, stop, whyNotShared } from './model/sharing.ts';
import { type Cloud, copyOf, type Image, isBeingMade, isFinished, liveShares, type State, sees, textOf } from './model/state.ts';

export class Model {
  #state: State;

  constructor(cloud: Cloud, principals: readonly string[]) {
    this.#state = { cloud, principals: new Set(principals), now: 0, images: [], jobs: [], accepts: new Map() };
  }

  clone(): Model {
    const clone = new Model(this.#state.cloud, []);
    clone.#state = copyOf(this.#state);
    return clone;
  }

  /** The state as text. */
  state = (): string => textOf(this.#state);

  answer(call: Call): Answer {
    const state = this.#state;
    switch (call.do) {
      case 'import':
        return this.#create(call.by, 0, call.state);
      case 'pass':
        state.now += call.seconds;
        return {};
      case 'offboard':
        return { stopped: this.#stopAll(call) };
      case 'accept':
        state.accepts.set(call.by, { from: call.from, blocked: call.blocked });
        return {};
      case 'report':
        return this.#report(call.state, state.images[call.image]);
      case 'clean-up':
        return {};
      case 'check':
      case 'get':
      case 'shares':
      case 'list':
      case 'all-shares':
      case 'recipients':
      case 'jobs':
      case 'get-job':
        return read(state, call);
      default:
        return this.#change(call);
    }
  }

  #change(call: Changing): Answer {
    const state = this.#state;
    const image = state.images[call.image];
    if (image === undefined || !sees(state, call.by, image)) {
      return 'ImageNotFound';
    }
    const isOwner = image.owner === call.by;
    switch (call.do) {
      case 'launch':
        return isFinished(image) ? {} : 'ImageNotUsable';
      case 'save':
        return isOwner || !isFinished(image) ? 'ImageNotUsable' : this.#create(call.by, image.region, 'copying');
      case 'leave':
        return isOwner || state.cloud.mayLeave ? { stopped: stop(state, image, [call.by]) } : 'NotOwner';
    }
    if (!isOwner) {
      return 'NotOwner';
    }
    const recipients = [...liveShares(state, image).keys(), ...image.planned];
    switch (call.do) {
      case 'share':
        return share(state, image, call, []);
      case 'set':
        return share(state, image, call, recipients);
      case 'change':
        return share(state, image, call, call.remove);
      case 'stop':
        return { stopped: stop(state, image, call.remove) };
      case 'stop-all':
        return { stopped: stop(state, image, recipients) };
      case 'copy':
        return isFinished(image) ? this.#create(call.by, call.region, 'copying') : 'ImageNotUsable';
      case 'start-job':
        return isFinished(image) ? this.#startJob(call) : 'ImageNotUsable';
      case 'delete':
        return this.#move(image, 'deleted', state.cloud.deletesShared);
      case 'deprecate':
        return this.#deprecate(image, call.deprecated);
    }
  }

  #create(owner: string, region: number, state: 'pending' | 'copying' | 'available'): Answer {
    return this.#whyNotCreated(owner, region) ?? { created: this.#add({ owner, region, state, planned: [] }), state };
  }

  #stopAll({ by, recipient, regions }: Extract<Call, { do: 'offboard' }>): number[] {
    return this.#state.images.flatMap((image, index) =>
      image.owner === by &&
      image.state !== 'deleted' &&
      regions.some((region) => region === image.region) &&
      stop(this.#state, image, [recipient]).length > 0
        ? [index]
        : [],
    );
  }

  #whyNotCreated(owner: string, region: number): string | undefined {
    const { images, cloud } = this.#state;
    const used = images.filter((image) => image.owner === owner && image.region === region && image.state !== 'deleted').length;
    return used < cloud.quota ? undefined : 'ImageQuotaExceeded';
  }

  #add = (image: Omit<Image, 'shares' | 'refused'>): number =>
    this.#state.images.push({ ...image, shares: new Map(), refused: new Map() }) - 1;

  /** All copies or none: the rules must allow the shares of each, as if it were available. */
  #startJob({ by, image, regions, ...adding }: Extract<Changing, { do: 'start-job' }>): Answer {
    const state = this.#state;
    const available = { owner: by, state: 'available' } as const;
    const refusal =
      whyNotShared(state, available, { ...adding, added: adding.to, rescheduled: [], others: 0 }) ??
      regions.map((region) => this.#whyNotCreated(by, region)).find((whyNot) => whyNot !== undefined);
    if (refusal !== undefined) {
      return refusal;
    }
    const copies = regions.map((region) => this.#add({ owner: by, region, state: 'copying', planned: adding.to }));
    const job = state.jobs.push({ ...adding, owner: by, source: image, copies }) - 1;
    for (const copy of copies) {
      shareAsPlanned(state, copy);
    }
    return read(state, { do: 'get-job', by, job });
  }

  #deprecate(image: Image, isDeprecated: boolean): Answer {
    const [from, to] = isDeprecated ? (['available', 'deprecated'] as const) : (['deprecated', 'available'] as const);
    if (image.state !== from) {
      return image.state === to ? {} : 'ImageNotUsable';
    }
    return this.#move(image, to, !isDeprecated || this.#state.cloud.mayDeprecateShared);
  }

  #move(image: Image, state: Image['state'], mayBeShared: boolean): Answer {
    if (!mayBeShared && liveShares(this.#state, image).size > 0) {
      return 'ImageShared';
    }
    image.state = state;
    return {};
  }

  #report(state: 'available' | 'failed', image: Image | undefined): Answer {
    if (image === undefined || image.state === 'deleted') {
      return 'ImageNotFound';
    }
    if (!isBeingMade(image)) {
      return image.state === state ? {} : 'ImageNotUsable';
    }
    image.state = state;
    if (state === 'failed') {
      image.shares.clear();
      image.planned = [];
    }
    shareAsPlanned(this.#state, this.#state.images.indexOf(image));
    return {};
  }
}
