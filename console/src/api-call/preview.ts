const captured = new Map<string, Request>();

/** Keeps the request of a preview, which must not be sent. Returns whether it is one. */
export function capture(request: Request): boolean {
  const key = request.headers.get('idempotency-key') ?? '';
  const isPreview = keys.has(key);
  if (isPreview) {
    captured.set(key, request.clone());
  }
  return isPreview;
}

type Send = (header: { readonly 'Idempotency-Key': string }) => Promise<unknown>;

const keys = new Set<string>();

/** The request that `send` would send. */
async function requestOf(send: Send): Promise<Request | undefined> {
  const key = crypto.randomUUID();
  keys.add(key);
  try {
    // The answer to a preview is empty, so what `send` makes of it doesn't matter.
    await send({ 'Idempotency-Key': key }).catch(() => undefined);
    return captured.get(key);
  } finally {
    keys.delete(key);
    captured.delete(key);
  }
}

let previewed: { send?: Send } | undefined;

/** Whether a preview is being made. If so, remembers `send` for it. */
export function isPreviewing(send: Send): boolean {
  if (previewed === undefined) {
    return false;
  }
  previewed.send = send;
  return true;
}

/** The request that submitting a form would send. Undefined if the form is incomplete. */
export async function previewOf(submit: () => void): Promise<Request | undefined> {
  const preview: { send?: Send } = {};
  previewed = preview;
  try {
    submit();
  } finally {
    previewed = undefined;
  }
  return preview.send && requestOf(preview.send);
}
