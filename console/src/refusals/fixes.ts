import type { ProblemDocument } from '../api/problem.ts';

export type Rule = NonNullable<ProblemDocument['rule']>;

/** What to ask the owner of an image for. */
export type Request = 'share' | 'edit' | 'delete' | 'stop';

/** What the console can do about a refusal. */
export type Fix =
  /** Opens a dialog for the image. */
  | { readonly dialog: 'stop-sharing' | 'share' | 'save' }
  /** Goes to a page. */
  | { readonly page: 'recipients' | 'images' }
  /** Copies a message to the owner of the image. */
  | { readonly ask: Request };

const stopSharing: Fix = { dialog: 'stop-sharing' };

/** The fix for each rule that the console can do something about. The texts of the remedies are in service-texts.ts. */
const fixes: Readonly<Partial<Record<Rule, Fix>>> = {
  'delete.guard': stopSharing,
  'owner.deprecates': stopSharing,
  'share.cap': { page: 'recipients' },
  'quota.images': { page: 'images' },
  'received.no-copy': { dialog: 'save' },
  'received.visible': { ask: 'share' },
  'share.no-reshare': { ask: 'share' },
  'cancel.instances-live': { ask: 'share' },
  'received.read-only': { ask: 'edit' },
  'received.no-delete': { ask: 'delete' },
  'received.leave': { ask: 'stop' },
  'owner.cancels': { ask: 'stop' },
};

/** The same for owners who check the access of others. */
const ownersFixes: Readonly<Partial<Record<Rule, Fix>>> = {
  'received.visible': { dialog: 'share' },
  'share.no-reshare': { dialog: 'share' },
};

export const fixOf = (rule: Rule, isOwnersQuestion: boolean): Fix | undefined =>
  isOwnersQuestion ? ownersFixes[rule] : fixes[rule];

export interface ImageRef {
  readonly region: string;
  readonly imageId: string;
}

const imagePath = /\/v1\/regions\/([^/?]+)\/images\/([^/?]+)/;

/** Returns the image that a request was about, from its address. */
export function imageOf(address: string | undefined): ImageRef | undefined {
  const [, region, imageId] = imagePath.exec(address ?? '') ?? [];
  return region === undefined || imageId === undefined
    ? undefined
    : { region: decodeURIComponent(region), imageId: decodeURIComponent(imageId) };
}
