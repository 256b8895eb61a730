import type { EventType } from '../lib/model/events.ts';
import { accessToken, scopes } from './access-token.ts';

/** Events after which an image can be waiting for its data. */
const creationEvents: ReadonlySet<string> = new Set<EventType>(['ImageImported', 'ImageCopied', 'ImageSaved', 'ImageCreated']);

/** Long enough for scripts to observe an image in progress, short enough that they don't have to wait for it. */
const creationDelayMs = 1_000;

/**
 * Simulates the compute platform. Returns an event handler that accepts one event as a line of JSON, and reports each new
 * image as available after a short delay. A failed report is logged and not retried, so the image keeps its state.
 */
export function computePlatform(origin: string, issuer: string): (event: string) => void {
  return (line) => {
    const { event, region, imageId } = JSON.parse(line) as { event: string; region: string; imageId: string };
    if (creationEvents.has(event)) {
      const path = `/v1/regions/${region}/images/${imageId}/state`;
      setTimeout(() => void reportAvailable(origin, issuer, path), creationDelayMs).unref();
    }
  };
}

async function reportAvailable(origin: string, issuer: string, path: string): Promise<void> {
  try {
    const token = await accessToken(issuer, { account: 'compute', scope: scopes.compute });
    const response = await fetch(`${origin}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'available' }),
    });
    // A 4xx is expected if the image has since been deleted or reported by someone else.
    if (response.status >= 500) {
      console.error(`PUT ${path} returned ${response.status}`);
    }
  } catch (failure) {
    console.error(`PUT ${path}: ${(failure as Error).message}`);
  }
}
