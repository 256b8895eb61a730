/** The names and numbers of the model, and the IDs and times of one service. */
import type { PolicyFixture } from '../support/builders.ts';
import type { RegionNumber } from './call.ts';

/** What a name or number stands for. */
export interface Known {
  /** When the history starts. */
  readonly startedAt: Date;
  /** The ID by which an account receives images. */
  readonly principalOf: (account: string) => string;
}

interface Place {
  readonly region: string;
  readonly id: string;
}

export class Names {
  readonly #fixture: PolicyFixture;
  readonly #known: Known;
  readonly #nameOf: ReadonlyMap<string, string>;
  #images: Place[] = [];
  #jobs: Place[] = [];

  constructor(fixture: PolicyFixture, known: Known, accounts: readonly string[]) {
    this.#fixture = fixture;
    this.#known = known;
    this.#nameOf = new Map(accounts.map((name) => [known.principalOf(name), name]));
  }

  /** The same names, which are numbered independently from now on. */
  copy(): Names {
    const copy = new Names(this.#fixture, this.#known, [...this.#nameOf.values()]);
    copy.#images = [...this.#images];
    copy.#jobs = [...this.#jobs];
    return copy;
  }

  regionOf = (number: RegionNumber): string => (number === 0 ? this.#fixture.region : this.#fixture.otherRegion);

  /** The path of an image, or of one that doesn't exist. */
  image(number: number): { readonly region: string; readonly imageId: string } {
    const { region, id } = this.#images[number] ?? { region: this.regionOf(0), id: `${this.#fixture.policy.imageId.prefix}none` };
    return { region, imageId: id };
  }

  job(number: number): { readonly region: string; readonly jobId: string } {
    const { region, id } = this.#jobs[number] ?? { region: this.regionOf(0), id: 'copy-none' };
    return { region, jobId: id };
  }

  /** The number of an image. One that no answer named was created by a call without an answer. */
  numberOfImage = ({ region, imageId }: Fields): number => numberIn(this.#images, { region, id: imageId } as Place);
  numberOfJob = ({ region, jobId }: Fields): number => numberIn(this.#jobs, { region, id: jobId } as Place);

  principals = (names: readonly string[]): string[] => names.map(this.#known.principalOf);
  name = (id: unknown): string => this.#nameOf.get(id as string) ?? (id as string);
  names = (ids: unknown): string[] => (ids as string[]).map(this.name).sort();

  /** A time as seconds since the start, or `Infinity` for never. */
  seconds = (time: unknown): number =>
    time === undefined
      ? Number.POSITIVE_INFINITY
      : (new Date(time as string).getTime() - this.#known.startedAt.getTime()) / 1_000;

  time = (seconds: number): string => new Date(this.#known.startedAt.getTime() + seconds * 1_000).toISOString();

  /** The project that a request names, where projects own images. */
  acting = (account: string): Fields =>
    this.#fixture.policy.principalKind === 'project' ? { project: this.#known.principalOf(account) } : {};
}

export type Fields = Readonly<Record<string, unknown>>;

function numberIn(known: Place[], place: Place): number {
  const number = known.findIndex(({ id }) => id === place.id);
  return number >= 0 ? number : known.push(place) - 1;
}
