export interface IdempotencyHeader {
  readonly 'Idempotency-Key': string;
}

/** Makes one call that changes something. `target` and `content` say what it changes. */
export type Once = <Result>(
  target: string,
  content: unknown,
  call: (header: IdempotencyHeader) => Promise<Result>,
) => Promise<Result>;
