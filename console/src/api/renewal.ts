const renewals = new EventTarget();

/** Says that there is a new session in place of one that had ended. */
export const announceRenewal = (): boolean => renewals.dispatchEvent(new Event('renewed'));

/** Calls back whenever that happens. Gives what ends it. */
export function onRenewal(then: () => void): () => void {
  renewals.addEventListener('renewed', then);
  return () => renewals.removeEventListener('renewed', then);
}
