/**
 * What the service promises about images and their shares, as simply as possible: maps in memory, one call at a time. It shares no
 * code with the service. Histories of calls compare it with the service, answer by answer.
 */

import type { Accepting, Adding, Answer, Call } from './call.ts';

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

interface Image {
  readonly owner: string;
  state: 'pending' | 'copying' | 'available' | 'deprecated' | 'failed' | 'deleted';
  /** Recipients and when their shares end; Infinity for never. */
  readonly shares: Map<string, number>;
}

export class Model {
  readonly #cloud: Cloud;
  readonly #principals: ReadonlySet<string>;
  readonly #images: Image[] = [];
  /** The accounts that don't accept images from everyone, and from whom they do. Nobody trusts anyone here. */
  readonly #accepts = new Map<string, Pick<Accepting, 'from' | 'blocked'>>();
  #now = 0;

  constructor(cloud: Cloud, principals: readonly string[]) {
    this.#cloud = cloud;
    this.#principals = new Set(principals);
  }

  clone(): Model {
    const clone = new Model(this.#cloud, [...this.#principals]);
    clone.#now = this.#now;
    this.#accepts.forEach((accepts, account) => void clone.#accepts.set(account, accepts));
    clone.#images.push(...this.#images.map((image) => ({ ...image, shares: new Map(image.shares) })));
    return clone;
  }

  /** The state as text. */
  state = (): string =>
    JSON.stringify([this.#now, this.#images.map(({ state, shares }) => [state, [...shares].sort()]), [...this.#accepts].sort()]);

  answer(call: Call): Answer {
    switch (call.do) {
      case 'import':
        return this.#create(call.by, call.state);
      case 'pass':
        this.#now += call.seconds;
        return {};
      case 'list':
        return { images: this.#images.flatMap((image, index) => (this.#sees(call.by, image) ? [index] : [])) };
      case 'offboard':
        return {
          stopped: this.#images.flatMap((image, index) =>
            image.owner === call.by && this.#sees(call.by, image) && this.#stop(image, [call.recipient]).stopped.length > 0
              ? [index]
              : [],
          ),
        };
      case 'accept':
        this.#accepts.set(call.by, { from: call.from, blocked: call.blocked });
        return {};
      case 'report':
        return this.#report(call.state, this.#images[call.image]);
      case 'clean-up':
        return {};
      default:
        return this.#on(call);
    }
  }

  #on(call: Extract<Call, { by: string; image: number }>): Answer {
    const image = this.#images[call.image];
    if (image === undefined || !this.#sees(call.by, image)) {
      // Nobody learns whether an image is missing, deleted, or not shared with them.
      return call.do === 'check' ? { allowed: false } : 'ImageNotFound';
    }
    const isOwner = image.owner === call.by;
    const isFinished = image.state === 'available' || image.state === 'deprecated';
    switch (call.do) {
      case 'check':
        return { allowed: isFinished };
      case 'launch':
        return isFinished ? {} : 'ImageNotUsable';
      case 'get':
        return { visibility: isOwner ? 'owned' : 'shared', state: image.state, ...(isOwner && { used: this.#live(image).size }) };
      case 'save':
        return isOwner || !isFinished ? 'ImageNotUsable' : this.#create(call.by, 'copying');
      case 'leave':
        return isOwner || this.#cloud.mayLeave ? this.#stop(image, [call.by]) : 'NotOwner';
    }
    if (!isOwner) {
      return 'NotOwner';
    }
    switch (call.do) {
      case 'share':
        return this.#change(image, call, []);
      case 'set':
        return this.#change(image, call, [...this.#live(image).keys()]);
      case 'change':
        return this.#change(image, call, call.remove);
      case 'stop':
        return this.#stop(image, call.remove);
      case 'stop-all':
        return this.#stop(image, [...this.#live(image).keys()]);
      case 'shares':
        return { shares: [...this.#live(image)].sort() };
      case 'copy':
        return isFinished ? this.#create(call.by, 'copying') : 'ImageNotUsable';
      case 'delete':
        return this.#move(image, 'deleted', this.#cloud.deletesShared);
      case 'deprecate':
        return this.#deprecate(image, call.deprecated);
    }
  }

  #live = (image: Image): Map<string, number> => new Map([...image.shares].filter(([, end]) => end > this.#now));
  #sees = (who: string, image: Image): boolean =>
    image.state !== 'deleted' && (image.owner === who || this.#live(image).has(who));

  #create(owner: string, state: Image['state']): Answer {
    if (this.#images.filter((image) => image.owner === owner && image.state !== 'deleted').length >= this.#cloud.quota) {
      return 'ImageQuotaExceeded';
    }
    this.#images.push({ owner, state, shares: new Map() });
    return { created: this.#images.length - 1, state };
  }

  #accepted(recipient: string, owner: string): boolean {
    const { from = 'anyone', blocked = [] } = this.#accepts.get(recipient) ?? {};
    return from === 'anyone' && !blocked.includes(owner);
  }

  #change(image: Image, { to, ends, acknowledges }: Adding, removals: readonly string[]): Answer {
    const live = this.#live(image);
    const added = to.filter((id) => !live.has(id));
    const removed = removals.filter((id) => live.has(id) && !to.includes(id));
    const end = ends === null ? Number.POSITIVE_INFINITY : ends;
    const rescheduled = end === undefined ? [] : to.filter((id) => live.has(id) && live.get(id) !== end);
    const isShareable = image.state === 'available' || (this.#cloud.mayShareUnfinished && /pending|copying/.test(image.state));
    const refusals: [boolean, string][] = [
      [added.length > 0 && !isShareable, 'ImageNotShareable'],
      [end !== undefined && end <= this.#now && added.length + rescheduled.length > 0, 'InvalidRequest'],
      [added.length > 0 && this.#cloud.mustAcknowledge && !acknowledges, 'RiskNotAcknowledged'],
      [to.includes(image.owner), 'RecipientIsOwner'],
      [to.some((id) => !this.#principals.has(id)), 'RecipientNotFound'],
      [added.some((id) => !this.#accepted(id, image.owner)), 'RecipientDoesNotAccept'],
      [added.length > 0 && live.size - removed.length + added.length > this.#cloud.cap, 'ShareCapExceeded'],
    ];
    const refusal = refusals.find(([applies]) => applies);
    if (refusal !== undefined) {
      return refusal[1];
    }
    this.#stop(image, removed);
    for (const id of [...added, ...rescheduled]) {
      image.shares.set(id, end ?? Number.POSITIVE_INFINITY);
    }
    return { added: added.sort(), rescheduled: rescheduled.sort(), removed: removed.sort(), used: this.#live(image).size };
  }

  #stop(image: Image, remove: readonly string[]): { stopped: string[] } {
    const stopped = remove.filter((id) => this.#live(image).has(id));
    for (const id of stopped) {
      image.shares.delete(id);
    }
    return { stopped: stopped.sort() };
  }

  #deprecate(image: Image, isDeprecated: boolean): Answer {
    const [from, to] = isDeprecated ? (['available', 'deprecated'] as const) : (['deprecated', 'available'] as const);
    if (image.state !== from) {
      return image.state === to ? {} : 'ImageNotUsable';
    }
    return this.#move(image, to, !isDeprecated || this.#cloud.mayDeprecateShared);
  }

  #move(image: Image, state: Image['state'], mayBeShared: boolean): Answer {
    if (!mayBeShared && this.#live(image).size > 0) {
      return 'ImageShared';
    }
    image.state = state;
    return {};
  }

  #report(state: 'available' | 'failed', image: Image | undefined): Answer {
    if (image === undefined || image.state === 'deleted') {
      return 'ImageNotFound';
    }
    if (!/pending|copying/.test(image.state)) {
      return image.state === state ? {} : 'ImageNotUsable';
    }
    image.state = state;
    if (state === 'failed') {
      image.shares.clear();
    }
    return {};
  }
}
