import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { ImageId, PrincipalId } from '../../lib/model/ids.ts';
import type { Step } from '../../lib/model/plan.ts';
import { tencentPolicy } from '../../lib/policies/tencent.ts';
import { planImage } from '../../lib/rules/make-image.ts';
import type { Store } from '../../lib/table/store.ts';
import { createAccounts } from '../../test/support/accounts.ts';
import { principal, region as regionNamed } from '../../test/support/builders.ts';
import { typicalImage } from '../costs/story.ts';

export const region = regionNamed('ap-guangzhou');
const numbered = (prefix: string, count: number): PrincipalId[] =>
  Array.from({ length: count }, (_, index) => principal(prefix + String(index).padStart(12 - prefix.length, '0')));

/** One owner per caller, because two callers who create images of the same owner would write the same count. */
export const owners = numbered('1', 16);
export const recipients = numbered('2', 50);
/** Receives many images. */
export const reader = principal('300000000000');

const { sizeGiB, ...details } = typicalImage;
const attributes = {
  ...details,
  architecture: 'x86_64',
  product: 'standard',
  products: ['standard'],
  disksGiB: [sizeGiB],
  encryption: 'none',
  state: 'available',
} as const;

/** DynamoDB accepts 100 items in a transaction. */
const stepsMax = 100;

/** Writes images to a table without calls, as calls would have left them. */
export class Seed {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Creates all accounts. */
  createAccounts(): Promise<void> {
    const accounts = [...owners, ...recipients, reader];
    return createAccounts(
      this.#store,
      accounts.map((account) => ({ account, project: principal(`org-${account}`) })),
    );
  }

  /** Creates images that are shared with these recipients. */
  async images(count: number, owner: PrincipalId, sharedWith: readonly PrincipalId[] = []): Promise<ImageId[]> {
    const ids: ImageId[] = [];
    while (ids.length < count) {
      const room = Math.floor((stepsMax - 2) / (2 + sharedWith.length));
      const made = Array.from({ length: Math.min(room, count - ids.length) }, () => plannedImage(owner, sharedWith));
      const { committed } = await this.#store.commit([
        { do: 'count', what: 'images', region, principal: owner, by: made.length },
        ...made.flatMap(({ steps }) => steps),
      ]);
      if (!committed) {
        throw new Error('The images could not be created');
      }
      ids.push(...made.map(({ imageId }) => imageId));
    }
    return ids;
  }
}

function plannedImage(owner: PrincipalId, sharedWith: readonly PrincipalId[]): { imageId: ImageId; steps: Step[] } {
  const imageId = `img-${randomBytes(4).toString('hex')}` as ImageId;
  const at = new Date();
  const stamp = { at, actor: owner, from: '192.0.2.1', requestId: 'request-1', recordId: v7({ msecs: at.getTime() }) };
  const { steps } = planImage(attributes, {
    action: 'ImportImage',
    region,
    imageId,
    owner,
    policy: tencentPolicy,
    used: 0,
    stamp,
  });
  const shared = Object.fromEntries(sharedWith.map((recipient) => [recipient, 0]));
  return {
    imageId,
    steps: [
      ...steps.flatMap((step): Step[] => {
        switch (step.do) {
          case 'create-image':
            return [{ ...step, image: { ...step.image, recipients: shared } }];
          case 'put-record':
            return [step];
          default:
            // The count is one step for all images.
            return [];
        }
      }),
      ...sharedWith.map(
        (recipient): Step => ({
          do: 'put-share',
          share: {
            ...{ region, imageId, recipient, sharedAt: at, sharedBy: owner, recordId: stamp.recordId },
            listed: { endsAt: 0, state: 'available', products: ['standard'] },
          },
        }),
      ),
    ],
  };
}
