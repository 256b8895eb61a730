import type { components } from './schema.d.ts';

/** A refusal or a failure as the service tells it. */
export type ProblemDocument = components['schemas']['Problem'];

/** What a call was not answered with: the service's problem document, or `undefined` where it could not be reached. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument | undefined;

  constructor(document: ProblemDocument | undefined, cause?: unknown) {
    super(document?.detail ?? 'unreachable', { cause });
    this.document = document;
  }
}

/** What was thrown, as a problem: anything but the service's own word counts as not reached. */
export const problemOf = (failure: unknown): Problem => (failure instanceof Problem ? failure : new Problem(undefined, failure));
