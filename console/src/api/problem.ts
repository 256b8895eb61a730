import type { components } from './schema.d.ts';

/** An RFC 9457 problem document. */
export type ProblemDocument = components['schemas']['Problem'];

/** A failed request. `document` is undefined if the service couldn't be reached. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument | undefined;

  constructor(document: ProblemDocument | undefined, cause?: unknown) {
    super(document?.detail ?? 'unreachable', { cause });
    this.document = document;
  }
}

/** Anything that isn't a problem document counts as an unreachable service. */
export const problemOf = (failure: unknown): Problem => (failure instanceof Problem ? failure : new Problem(undefined, failure));
