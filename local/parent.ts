const lookEveryMs = 1_000;

/** Calls `end` when this process's parent is no longer `parent`, so that nothing is left running behind. */
export function exitWithParent(parent: number, end: () => void): void {
  setInterval(() => {
    if (process.ppid !== parent) {
      end();
    }
  }, lookEveryMs).unref();
}
