/**
 * Waits before a query sends its request, because the user might still be typing. When the text changes, the query of the
 * earlier text is canceled.
 */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal.throwIfAborted();
}
