import type { Once } from '../api/idempotency.ts';

/** A request as it would be sent. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Empty if there is none. */
  readonly body: string;
}

type Run = (once: Once) => Promise<unknown>;

/** By the Idempotency-Key of a request that must not be sent. */
const previews = new Map<string, (request: Request) => void>();

/** Keeps the request of a preview, which must not be sent. Returns whether it is one. */
export function capture(request: Request): boolean {
  const keep = previews.get(request.headers.get('idempotency-key') ?? '');
  keep?.(request.clone());
  return keep !== undefined;
}

let previewed: { run?: Run } | undefined;

/** Whether a preview is being made. If so, remembers `run` for it. */
export function isPreviewing(run?: Run): boolean {
  if (previewed !== undefined && run !== undefined) {
    previewed.run = run;
  }
  return previewed !== undefined;
}

/** The requests that `run` would send, in the order in which it makes them. */
async function requestsOf(run: Run): Promise<readonly Request[]> {
  const requests: (Request | undefined)[] = [];
  const keep: Once = async (_target, _content, call) => {
    const key = crypto.randomUUID();
    const index = requests.push(undefined) - 1;
    previews.set(key, (request) => {
      requests[index] = request;
    });
    try {
      return await call({ 'Idempotency-Key': key });
    } finally {
      previews.delete(key);
    }
  };
  // Responses in a preview are empty, so an error that `run` throws because of them doesn't matter.
  await run(keep).catch(() => undefined);
  return requests.filter((request) => request !== undefined);
}

const callOf = async (request: Request): Promise<HttpCall> => ({
  method: request.method,
  url: request.url,
  headers: [...request.headers].filter(([name]) => !['authorization', 'idempotency-key'].includes(name)),
  body: await request.text(),
});

/** The calls that `submit` would make. None if the form is incomplete. */
export async function previewOf(submit: () => void): Promise<readonly HttpCall[]> {
  const preview: { run?: Run } = {};
  previewed = preview;
  try {
    submit();
  } finally {
    previewed = undefined;
  }
  return preview.run === undefined ? [] : Promise.all((await requestsOf(preview.run)).map(callOf));
}
