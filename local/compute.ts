import type { EventType } from '../lib/model/events.ts';
import { accessToken, scopes } from './issuer.ts';

/** Changes after which an image may wait for its data. */
const made: ReadonlySet<string> = new Set<EventType>(['ImageImported', 'ImageCopied', 'ImageSaved', 'ImageCreated']);

/** How long making an image takes here: so that scripts see it being made, and need not wait. */
const makingMs = 1_000;

/**
 * Stands in for the compute platform: gives what takes events, as lines of JSON, and reports every image that was made
 * as available a moment later. A report that fails is told and left: the image stays as it is.
 */
export function computePlatform(origin: string, issuer: string): (event: string) => void {
  return (text) => {
    const { event, region, imageId } = JSON.parse(text) as { event: string; region: string; imageId: string };
    if (made.has(event)) {
      setTimeout(() => void report(origin, issuer, `/v1/regions/${region}/images/${imageId}/state`), makingMs).unref();
    }
  };
}

async function report(origin: string, issuer: string, path: string): Promise<void> {
  try {
    const token = await accessToken(issuer, { account: 'compute', scope: scopes.compute });
    const answer = await fetch(`${origin}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'available' }),
    });
    // The image may be deleted or reported by somebody else meanwhile.
    if (answer.status >= 500) {
      console.error(`PUT ${path} answers ${answer.status}`);
    }
  } catch (failure) {
    console.error(`PUT ${path}: ${(failure as Error).message}`);
  }
}
