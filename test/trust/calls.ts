/** Makes the model's calls on the service, and reduces responses to the answers of the model. */
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { changeImageShares } from '../../functions/change-image-shares.ts';
import { checkImageAccess } from '../../functions/check-image-access.ts';
import { copyImage } from '../../functions/copy-image.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { getImage } from '../../functions/get-image.ts';
import { importImage } from '../../functions/import-image.ts';
import { listImageShares } from '../../functions/list-image-shares.ts';
import { listImages } from '../../functions/list-images.ts';
import { putShareAcceptance } from '../../functions/put-share-acceptance.ts';
import { reportImageState } from '../../functions/report-image-state.ts';
import { runInstance } from '../../functions/run-instance.ts';
import { saveSharedImage } from '../../functions/save-shared-image.ts';
import { setImageShares } from '../../functions/set-image-shares.ts';
import { shareImage } from '../../functions/share-image.ts';
import { stopShares } from '../../functions/stop-shares.ts';
import { updateImage } from '../../functions/update-image.ts';
import type { Action } from '../../lib/app/action.ts';
import type { Policy } from '../../lib/model/policy.ts';
import type { PolicyFixture } from '../support/builders.ts';
import type { Answer, Call } from './call.ts';

/** Makes a call for an account or, without one, for the compute platform. Returns the response, or the code of the refusal. */
type Send = (
  action: Action,
  fields: Readonly<Record<string, unknown>> & { readonly project?: string },
  account: string | undefined,
) => Promise<Record<string, unknown> | string>;

/** A service under test. */
export interface TestedService {
  readonly send: Send;
  readonly pass: (seconds: number) => Promise<void>;
  /** When the history starts. */
  readonly startedAt: Date;
  /** The ID by which an account receives images. */
  readonly principalOf: (account: string) => string;
  readonly cleanUp: () => Promise<void>;
}

type Fields = Record<string, unknown>;

/** The calls on one service, which numbers images as the model does. */
export class Calls {
  readonly #service: TestedService;
  readonly #fixture: PolicyFixture;
  readonly #nameOf: ReadonlyMap<string, string>;
  #imageIds: string[] = [];

  constructor(service: TestedService, fixture: PolicyFixture) {
    this.#service = service;
    this.#fixture = fixture;
    this.#nameOf = new Map([...accountsOf(fixture), 'nobody'].map((name) => [service.principalOf(name), name]));
  }

  /** The same images, by another way to the service. */
  by(service: TestedService): Calls {
    const calls = new Calls(service, this.#fixture);
    calls.#imageIds = this.#imageIds;
    return calls;
  }

  /** The same images, with a list of their own from now on. */
  copy(): Calls {
    const calls = new Calls(this.#service, this.#fixture);
    calls.#imageIds = [...this.#imageIds];
    return calls;
  }

  readonly answer = async (call: Call): Promise<Answer> => {
    switch (call.do) {
      case 'pass':
        await this.#service.pass(call.seconds);
        return {};
      case 'clean-up':
        await this.#service.cleanUp();
        return {};
      default: {
        const [action, fields, answerOf] = this.#request(call);
        const { region } = this.#fixture;
        const response = await this.#service.send(
          action as Action,
          { ...('region' in action.path.shape && { region }), ...fields },
          'by' in call ? call.by : undefined,
        );
        return typeof response === 'string' ? response : answerOf(response);
      }
    }
  };

  #request(call: Exclude<Call, { do: 'pass' | 'clean-up' }>): [Pick<Action, 'path'>, Fields, (response: Fields) => Answer] {
    const empty = () => ({});
    const created = ({ imageId, state }: Fields) => ({ created: this.#imageIds.push(imageId as string) - 1, state });
    const imageId = 'image' in call ? (this.#imageIds[call.image] ?? `${this.#fixture.policy.imageId.prefix}none`) : undefined;
    switch (call.do) {
      case 'import':
        return [importImage, { name: 'image', sizeGiB: 1, state: call.state }, created];
      case 'copy':
        return [copyImage, { imageId, destinationRegion: this.#fixture.region }, created];
      case 'save':
        return [saveSharedImage, { imageId }, created];
      case 'share':
        return [shareImage, { imageId, ...this.#sharing(call), recipients: this.#principals(call.to) }, this.#changed];
      case 'set':
        return [setImageShares, { imageId, ...this.#sharing(call), recipients: this.#principals(call.to) }, this.#changed];
      case 'change': {
        const [add, remove] = [this.#principals(call.to), this.#principals(call.remove)];
        return [changeImageShares, { imageId, ...this.#sharing(call), add, remove }, this.#changed];
      }
      case 'stop':
        return [cancelImageShares, { imageId, recipient: this.#principals(call.remove) }, this.#stopped];
      case 'stop-all':
        return [cancelImageShares, { imageId, all: 'true' }, this.#stopped];
      case 'leave':
        return [cancelImageShares, { imageId, recipient: this.#principals([call.by])[0] }, this.#stopped];
      case 'delete':
        return [deleteImage, { imageId }, empty];
      case 'deprecate':
        return [updateImage, { imageId, deprecated: call.deprecated }, empty];
      case 'report':
        return [reportImageState, { imageId, state: call.state }, empty];
      case 'launch':
        return [runInstance, { imageId }, empty];
      case 'check':
        return [checkImageAccess, { imageId }, ({ allowed }) => ({ allowed })];
      case 'get':
        return [
          getImage,
          { imageId },
          ({ visibility, state, shareCount }) => ({
            visibility,
            state,
            ...(shareCount !== undefined && { used: shareCount }),
          }),
        ];
      case 'shares':
        return [listImageShares, { imageId }, ({ shares }) => ({ shares: this.#ends(shares as Fields[]) })];
      case 'offboard':
        return [
          stopShares,
          { recipient: this.#principals([call.recipient])[0], regions: [this.#fixture.region] },
          ({ stopped, repeated }) => ({ stopped: this.#numbers(stopped), ...(repeated === true && { repeated }) }),
        ];
      case 'accept':
        return [
          putShareAcceptance,
          { ...this.#acting(call.by), from: call.from, blockedOwners: this.#principals(call.blocked) },
          empty,
        ];
      case 'list':
        return [
          listImages,
          { limit: 100 },
          ({ images }) => ({
            images: this.#numbers(images),
          }),
        ];
    }
  }

  #numbers = (images: unknown): number[] => (images as Fields[]).map(({ imageId }) => this.#numberOf(imageId as string)).sort();

  /** The number of an image. An image that no answer named was created by a call without an answer. */
  #numberOf(imageId: string): number {
    const number = this.#imageIds.indexOf(imageId);
    return number >= 0 ? number : this.#imageIds.push(imageId) - 1;
  }

  /** The project that the request names, where projects own images. */
  #acting = (account: string): Fields =>
    this.#fixture.policy.principalKind === 'project' ? { project: this.#service.principalOf(account) } : {};

  #principals = (names: readonly string[]): string[] => names.map(this.#service.principalOf);
  #names = (ids: unknown): string[] => (ids as string[]).map((id) => this.#nameOf.get(id) ?? id).sort();

  #sharing({ ends, acknowledges }: { readonly ends: number | null | undefined; readonly acknowledges: boolean }): Fields {
    const expiresAt = ends == null ? ends : new Date(this.#service.startedAt.getTime() + ends * 1_000).toISOString();
    return { acknowledgeRisk: acknowledges, ...(expiresAt !== undefined && { expiresAt }) };
  }

  #changed = ({ added, rescheduled, removed = [], used }: Fields): Answer => ({
    added: this.#names(added),
    rescheduled: this.#names(rescheduled),
    removed: this.#names(removed),
    used,
  });

  #stopped = ({ cancelled }: Fields): Answer => ({ stopped: this.#names(cancelled) });

  #ends = (shares: readonly Fields[]): unknown =>
    shares
      .map(({ recipient, expiresAt }) => [
        this.#names([recipient])[0],
        expiresAt === undefined
          ? Number.POSITIVE_INFINITY
          : (new Date(expiresAt as string).getTime() - this.#service.startedAt.getTime()) / 1_000,
      ])
      .sort();
}

/** The accounts that make calls. */
export const accounts = ['owner', 'a', 'b', 'c', 'd'] as const;

/** All accounts that exist. Those that make no calls are there to receive all shares but two that an image can have. */
export const accountsOf = ({ policy }: PolicyFixture): string[] => [...accounts, ...fillersOf(policy)];

const fillersOf = ({ recipientsPerImageMax }: Policy): string[] =>
  Array.from({ length: recipientsPerImageMax - 2 }, (_, index) => `filler${index}`);

/** Creates an image that can have two more recipients. */
export const anImage = ({ policy }: PolicyFixture): Call[] => {
  const fillers = fillersOf(policy);
  const fill: Call = { do: 'share', by: 'owner', image: 0, to: fillers, ends: undefined, acknowledges: true };
  return [{ do: 'import', by: 'owner', state: 'available' }, ...(fillers.length > 0 ? [fill] : [])];
};
