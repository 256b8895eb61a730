import type { components } from './schema.d.ts';

/** An RFC 9457 problem document. */
export type ProblemDocument = components['schemas']['Problem'];

interface Failure {
  /** Undefined if the response isn't a problem document, or if there is no response. */
  readonly document?: ProblemDocument | undefined;
  /** Undefined if the service couldn't be reached. */
  readonly response?: Response;
  readonly cause?: unknown;
}

/** A failed request. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument | undefined;
  readonly response: Response | undefined;

  constructor({ document, response, cause }: Failure) {
    super(document?.detail ?? 'unreachable', { cause });
    this.document = document;
    this.response = response;
  }
}

/** Anything that isn't a problem document counts as an unreachable service. */
export const problemOf = (failure: unknown): Problem => (failure instanceof Problem ? failure : new Problem({ cause: failure }));
