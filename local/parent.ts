const pollMs = 1_000;

/** Calls `exit` when `parent` is no longer the parent of this process, so that a killed parent leaves nothing running. */
export function exitWithParent(parent: number, exit: () => void): void {
  setInterval(() => {
    if (process.ppid !== parent) {
      exit();
    }
  }, pollMs).unref();
}
