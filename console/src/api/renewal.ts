const renewals = new EventTarget();

/** Announces that the user signed in again after the session expired. */
export const announceRenewal = (): boolean => renewals.dispatchEvent(new Event('renewed'));

/** Subscribes to renewals. Returns the function that unsubscribes. */
export function onRenewal(then: () => void): () => void {
  renewals.addEventListener('renewed', then);
  return () => renewals.removeEventListener('renewed', then);
}
